"""Loan books for tests: made at random, written as files, closed the plain way."""
