"""签字确认 and 定稿: who signed, the seal, its time, what may follow, and whether it holds."""
