"""Room of the old archive coming in: saved pages are read here, then stored as stories."""
