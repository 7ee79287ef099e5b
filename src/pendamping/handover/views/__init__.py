"""Pages of the hand-over."""
