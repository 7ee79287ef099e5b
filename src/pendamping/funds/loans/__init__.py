"""The revolving fund: loans to self-help groups, their instalments, the loan book."""
