"""The revolving fund counted: schedules, splits, the book at a date, who may borrow.

Pure Python. Each module says which section of the handbook or of the doors it follows.
"""
