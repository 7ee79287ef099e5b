"""The pages of the room: the page that works without a signal, and what it asks the server."""
