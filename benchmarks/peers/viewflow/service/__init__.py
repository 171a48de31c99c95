"""The same service as a Django application."""
