"""Loan books of other systems, brought in as the files that a close reads."""
