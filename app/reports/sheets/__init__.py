"""The papers around a card: none of them is sealed or verified."""
