"""The search: an index of names, and an inverted index of the texts, both in files of limited size for the browser."""
