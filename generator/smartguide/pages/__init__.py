"""Pages: which there are, and what is on them."""
