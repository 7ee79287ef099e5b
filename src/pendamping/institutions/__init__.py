"""Institutions: self-help groups, their members, officers, pledge and steps."""
