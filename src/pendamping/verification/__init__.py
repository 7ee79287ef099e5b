"""Tiers that pass, return or refuse any dossier, and the clock of each."""
