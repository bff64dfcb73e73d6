"""Starts a story from a Word file: read in a bounded process, cleaned like a paste, its pictures taken into the library."""
