"""Queries show: who may see what, and the rows of each page and report."""
