"""The project: settings, addresses, headers, checks and the small things both apps stand on."""
