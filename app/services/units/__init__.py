"""参赛单位: the register, the tasks in it, and the hazards found at a unit with its replies."""
