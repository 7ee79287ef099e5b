"""Rules of the grant: pure functions that return every reason."""
