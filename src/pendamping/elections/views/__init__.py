"""Pages of the board and its election."""
