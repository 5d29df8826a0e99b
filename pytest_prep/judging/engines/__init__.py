"""The SQL engines, each behind the protocol of ``judging.engine``."""
