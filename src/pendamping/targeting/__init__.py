"""Targeting: designating a ward, residents' poverty criteria, the list of poor households."""
