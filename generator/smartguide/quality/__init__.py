"""How good records are: how old and how complete, what is disputed, open or dead."""
