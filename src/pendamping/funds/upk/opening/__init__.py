"""A fund that ran on paper begins here: its balances, its loans, its savings and its inventory."""
