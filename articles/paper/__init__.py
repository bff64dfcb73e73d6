"""What every reading room puts a page together with: the masthead around it, and the moment at which it is seen."""
