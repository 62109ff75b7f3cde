"""The finished site: what is written after an engine, and how a new site replaces the old one."""
