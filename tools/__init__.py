"""Scripts that make what is committed; no build needs them."""
