"""One person across the rooms: two entries joined into one, and parted again."""
