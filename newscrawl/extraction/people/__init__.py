"""Authors: bylines found on the page and parsed into names."""
