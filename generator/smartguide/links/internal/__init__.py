"""The check of links inside the built site: ``checking`` runs it, the other modules are its parts."""
