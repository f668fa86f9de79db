"""Measuring extraction: pages with known truth, figures a field, and peers in the same run."""
