"""How strong a kata is: small changes to its reference that its cases must notice.

- :mod:`.mutant`: one change, its text and its diff
- :mod:`.splice`: a changed SQL tree as a small edit of the author's text
- :mod:`.sql`: all mutants of an SQL script, by the operators of :mod:`.rows`, :mod:`.values`,
  :mod:`.nulls`, :mod:`.windows` and :mod:`.tables`
- :mod:`.proof`: which mutants mean the same as the reference, by :mod:`.canonical` forms, which
  rest on :mod:`.facts` (never NULL), :mod:`.keys` (no two rows alike) and :mod:`.clauses`
- :mod:`.arguments`: what the author says about the others, in ``notes.md``
- :mod:`.trial`: which case kills an SQL mutant

Python's mutants are made in :mod:`pytest_prep.judging.python_mutants`.
"""
