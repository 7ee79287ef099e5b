"""From what a ward needs to what is funded: ballots on projects, and how they become a funded set."""
