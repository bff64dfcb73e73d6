"""Room of whoever plans: whose turn it is, what is due when, what to find, what was done, and acts on many stories."""
