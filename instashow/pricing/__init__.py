"""How much: price cards, rules, ticket types, tax, the quote."""
