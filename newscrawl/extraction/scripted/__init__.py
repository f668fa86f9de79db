"""Articles in the data of a page's scripts, known by the shape of that data."""
