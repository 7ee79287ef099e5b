"""Complaints of residents: how they come in, who must act by when, and what became of them."""
