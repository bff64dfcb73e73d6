"""Measurements: each prints ratios taken in one run. `manage.py bench` is the one of the whole site."""
