"""考核评分: a card clause by clause, with live totals."""
