// only: the seat page. Where seats stand, reckoned from rows and columns: asking the page for the place of each of a
// thousand takes a slow phone longer than drawing them.
const column = (seat) => Number(seat.className.match(/\bx-(\d+)/)?.[1] ?? 1);

// The middle of a seat in columns.
export const middle = (seat) => column(seat) + (seat.matches(".l") ? .5 : 0);

// A plan's edge (the row letters) and one column, in pixels.
export const tracks = (plan) => {
  const [edge, unit] = getComputedStyle(plan).gridTemplateColumns.split(" ").map(parseFloat);
  return { edge, unit };
};

// Left, top, width and height of each seat in pixels from the corner of what scrolls.
export const places = (plan, seats) => {
  const { edge, unit } = tracks(plan);
  const from = plan.offsetLeft;
  const rows = new Map();
  return seats.map((seat) => {
    const row = seat.parentElement;
    if (!rows.has(row)) rows.set(row, { top: seat.offsetTop, height: seat.offsetHeight });
    const { top, height } = rows.get(row);
    return { seat, left: from + edge + (column(seat) - 1) * unit, top, width: seat.matches(".l") ? 2 * unit : unit, height };
  });
};
