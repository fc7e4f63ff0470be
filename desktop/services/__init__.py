"""What the officer does: one function, one transaction."""
