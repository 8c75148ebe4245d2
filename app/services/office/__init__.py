"""竞赛办: whom it enrols, what it assigns, accepts, acknowledges and ranks."""
