"""The checks of links: in chapters without a build, inside the built site (internal), to other sites (external)."""
