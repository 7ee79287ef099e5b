"""Pages of the room: a few lines each; they parse, ask one query or call one action, and render."""
