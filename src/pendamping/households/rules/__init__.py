"""What a census file may hold, and who may be the same person. Pure Python, no Django."""
