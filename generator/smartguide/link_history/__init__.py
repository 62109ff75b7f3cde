"""What earlier checks of the links to other sites found: ``link-history.json``, and which URLs it is about."""
