"""Pictures: opening them within bounds, their facts, smaller and marked copies."""
