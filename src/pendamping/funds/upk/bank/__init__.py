"""Bank statements beside the bank book."""
