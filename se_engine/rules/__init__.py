"""Rules decide: pure functions without database, web, clock or files."""
