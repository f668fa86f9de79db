"""Bytes to a page: decoded as a browser would, parsed once, its metadata indexed once."""
