"""What the queries found, worded in the reader's language and shaped for the macros of the templates."""
