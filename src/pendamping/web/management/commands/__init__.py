"""Django's `migrate`, made quicker."""
