"""What changes records: their canonical style, and the commands that make, rename and merge them."""
