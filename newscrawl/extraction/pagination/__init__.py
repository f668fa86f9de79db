"""Articles over several pages: the next page, and page numbers in addresses."""
