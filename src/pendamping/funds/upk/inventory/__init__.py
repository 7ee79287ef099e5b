"""U5: the things that the unit owns."""
