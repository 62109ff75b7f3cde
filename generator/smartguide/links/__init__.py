"""The checks of links: inside the built site (``internal``), and to other sites (``external``)."""
