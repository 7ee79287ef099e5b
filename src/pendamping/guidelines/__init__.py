"""Which guideline is in force where, since when; a ward's own decisions beside it."""
