"""The first start: for what, by whom, and whether the computer is fit; three steps."""
