"""How ballots on projects become a funded set; plain Python and exact whole numbers, no database.

:mod:`election` what was voted on and how; :mod:`pabulib` reads it from a file; :mod:`contest` what a rule is
asked; :mod:`greedy`, :mod:`shares` and :mod:`phragmen` the rules; :mod:`allocation` applies one from the first
project to the last; :mod:`opinion` says what another rule would have funded, and who is left with nothing.
"""
