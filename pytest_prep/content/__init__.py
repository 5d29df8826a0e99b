"""Read what is on disk: katas, their cases, answers, submissions and data sets."""
