"""Cadres: residents who carry the programme and stay when the facilitator leaves."""
