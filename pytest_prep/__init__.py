"""Interview practice with pytest: katas are discovered, judged and explained."""

__version__ = "0.1.0"
