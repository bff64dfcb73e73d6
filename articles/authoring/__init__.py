"""Room of the journalist: the desk, built on Django's admin."""
