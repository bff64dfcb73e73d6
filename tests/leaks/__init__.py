"""Walks every address with stories that nobody may see, each full of its own marker words."""
