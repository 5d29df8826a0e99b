"""Turn (kata, answer, case) into a verdict."""
