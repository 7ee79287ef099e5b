"""Each role's day: what is due today and this week, worked out from the rooms below."""
