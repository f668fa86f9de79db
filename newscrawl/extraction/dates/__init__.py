"""Dates of publication and of the last update."""
