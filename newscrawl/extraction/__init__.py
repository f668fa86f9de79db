"""From a page to a record: a file or a room for each field."""
