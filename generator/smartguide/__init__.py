"""The generator of the Smart Guide: YAML records in, a linked and searchable site out."""

__version__ = "0.1.0"
