"""Who is related to whom, and what that shows: relations declared, concentration per cycle."""
