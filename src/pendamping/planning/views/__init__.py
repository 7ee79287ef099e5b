"""Pages of needs and votes."""
