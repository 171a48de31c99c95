"""What the service knows and does; the web is unknown here."""
