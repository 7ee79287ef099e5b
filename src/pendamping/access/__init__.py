"""People who log in; roles scoped to an area and a term."""
