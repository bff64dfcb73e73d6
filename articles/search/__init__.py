"""The room of the seeker: the form, what was found, how it can be narrowed, and what is offered while one types."""
