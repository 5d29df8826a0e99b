"""Show verdicts to people."""
