"""隐患与建议: what was found, what is to be done, and what came of it."""
