"""What a change does to a knowledge base: two states of a project, compared in words."""
