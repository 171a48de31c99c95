"""Measures count: numbers in, numbers out; no database, no web."""
