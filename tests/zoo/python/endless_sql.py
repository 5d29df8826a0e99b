# An endless query inside Python.
# verdict: time_limit, memory_limit
# says:
import duckdb


def initials(name):
    return duckdb.sql("SELECT count(*) FROM range(10000000000) a, range(10000000000) b WHERE a.range > b.range").fetchall()
