"""The ward package: everything a ward owns, in an open format, out and in again."""
