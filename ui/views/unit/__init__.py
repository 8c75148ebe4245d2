"""单位资料: who a unit is, and the facts its clauses ask for."""
