"""The story, from first draft to archive."""
