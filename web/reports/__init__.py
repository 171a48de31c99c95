"""Pages of reports: what is asked in the address, and how an answer becomes words, tables, drawings and links."""
