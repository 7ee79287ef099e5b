"""Pages of the board: the public one, and where its poster was put up."""
