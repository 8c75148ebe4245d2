"""PDF: the card as it is printed, sealed and verified."""
