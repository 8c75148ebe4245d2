"""考核任务: which units, and how far each has come."""
