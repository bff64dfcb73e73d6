"""The reader's room, through HTTP."""
