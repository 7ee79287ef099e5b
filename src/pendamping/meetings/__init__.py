"""Meetings: calls, rolls, quorum, decisions, minutes."""
