"""The house's laws: each a function over (path, source) that lists what breaks it, in sentences."""
