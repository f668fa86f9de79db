"""The body: the text blocks that the journalist wrote."""
