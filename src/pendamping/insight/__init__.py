"""Early warnings with their evidence."""
