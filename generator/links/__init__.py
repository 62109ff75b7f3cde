"""The checks of links: inside the built site, and to other sites."""
