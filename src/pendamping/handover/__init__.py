"""Exit readiness from the first month, duties that pass on, sign-off, and the yearly check after it."""
