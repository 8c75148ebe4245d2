"""练习: made-up units, people, cards and pictures, and the main job done with them."""
