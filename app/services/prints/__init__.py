"""Paper: all that is printed of a card, and handing the unit its copy."""
