"""The model: kinds, records, and links between them."""
