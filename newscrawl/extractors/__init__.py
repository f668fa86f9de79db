"""The parts of an article found on a page: a file a field, each a pure function of a Page."""
