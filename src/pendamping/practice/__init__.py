"""A practice ward beside a real one: opened by its administrator, filled, put away, begun anew."""
