"""The election of the board: from the ballot in the RT to the seats."""
