"""The headline: chosen among headings, titles and metadata."""
