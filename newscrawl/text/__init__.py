"""Text: white space, language, phrases, vocabulary, dates, URLs."""
