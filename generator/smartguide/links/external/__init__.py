"""The check of links to other sites: ``checking`` runs it, the other modules are its parts."""
