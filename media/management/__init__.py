"""Commands that concern pictures."""
