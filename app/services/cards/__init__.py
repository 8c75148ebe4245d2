"""考核评分: a card from blank to complete, the visit it belongs to, and how it is shown."""
