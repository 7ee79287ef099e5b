"""Closing the books: cash counts, months, years, the sharing of profit."""
