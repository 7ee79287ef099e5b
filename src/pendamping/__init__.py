"""Pendamping: runs a community-driven poverty programme from the census to the hand-over."""
