"""What a learner did, kept as events, and what follows from it."""
