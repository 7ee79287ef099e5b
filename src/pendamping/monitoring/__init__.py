"""Monitoring and evaluation by the people: indicators, scorecards, outcomes, reviews, maturity."""
