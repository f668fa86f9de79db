"""Site lists: TOML files that say which outlets to crawl, and how."""
