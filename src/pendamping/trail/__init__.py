"""Append-only: who did what, when, to which record."""
