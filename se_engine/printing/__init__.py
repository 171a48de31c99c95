"""What is printed: PDFs made by typst from our templates, fonts and drawings."""
