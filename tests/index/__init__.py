"""What is worked out from the record beside the site."""
