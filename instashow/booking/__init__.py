"""The sale: holds, bookings, payments, cancelling, tickets."""
