"""The picture, independent of any story."""
