"""The books of the fund as a whole: the health card, on top of loans and savings."""
