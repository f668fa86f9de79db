"""Classify pages: article, live page, index, wall, error page or other."""
