"""Checks: what is wrong with records, chapters, schemas, files and settings."""
