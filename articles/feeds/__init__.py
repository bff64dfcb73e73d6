"""Room of machines: the data of every page as JSON, feeds, sitemaps, and what crawlers ask for first."""
