"""照片归类: photos come in, are looked at, and go behind the clauses they prove."""
