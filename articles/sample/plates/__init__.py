"""The sample's pictures, drawn as colour woodcuts: flat colours under one block of cut lines."""
