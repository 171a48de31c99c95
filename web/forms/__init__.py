"""What people type: forms that check the shape, never the rules."""
