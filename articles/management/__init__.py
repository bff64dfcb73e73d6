"""Commands that concern stories."""
