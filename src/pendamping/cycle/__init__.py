"""The stages of a ward: planned and actual dates, exit gates, what comes next."""
