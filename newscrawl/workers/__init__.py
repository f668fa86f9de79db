"""Processes that extract pages."""
