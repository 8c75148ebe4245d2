"""单位情况: who a unit is, and the facts its clauses ask for."""
