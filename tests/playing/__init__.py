"""A player who draws actions that move money by chance, and who keeps his own list of what moved.

``game`` draws and plays, ``moves_*`` are what he may draw, ``told`` is his list in plain Python, ``held`` asks
whether the books say the same. What he does is plausible or not; a refusal with reasons is an answer, any other
error is a fault.
"""
