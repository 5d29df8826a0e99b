"""What runs instead of a plain judging session."""
