"""Room of the picture desk: the library as a grid, each picture's page, what wants work, and what is withdrawn."""
