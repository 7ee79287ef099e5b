"""Households: the census of a ward, its people, and life after the census."""
