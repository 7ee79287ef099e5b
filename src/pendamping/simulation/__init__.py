"""Made-up wards that behave, and how well the warnings find what was planted in them."""
