"""What an entry must be, and how the books are written for other programs. Pure Python."""
