"""Engines: one adapter each, and what an engine calls of us."""
