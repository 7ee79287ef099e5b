"""What the self-help groups save together, kept on cards that tie to the books."""
