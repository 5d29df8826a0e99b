"""Run what a learner wrote in a child process that can be watched, killed and thrown away.

pytest forks one *runner* at the first need, with everything that is imported by then. The runner
has one thread, forks a *child* for every run, watches it, kills it when it breaks a limit, and
hands pytest plain bytes. Nothing here imports pytest.
"""
