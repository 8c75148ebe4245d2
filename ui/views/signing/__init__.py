"""签字确认: who confirms a card, its seal, and the two doors to a correction."""
