# The file itself is never done.
# verdict: time_limit
# says:
while True:
    pass
