"""The room of the reader: front page, stories, lists, dates, pictures, corrections."""
