"""现场反馈: what was taken off and why, told to the unit; its word on it."""
