"""Sequential Phragmén: supporters earn money at the same pace and buy as soon as they can.

Source: Markus Brill, Rupert Freeman, Svante Janson, Martin Lackner, "Phragmén's voting methods and justified
representation" (2017), with costs as in Maaike Los, Zoé Christoff, Davide Grossi, "Proportional Budget
Allocations" (2022).
"""

from fractions import Fraction

from pendamping.planning.rules.contest import Contest, Pick


def phragmen(contest: Contest) -> list[Pick]:
    """Fund whose supporters could pay first, until that one does not fit.

    A voter's load is the moment of their last purchase; a project is bought at (its cost + the loads of its
    supporters) / their number. Weights do not count, only that a project is named. Exact: loads are
    fractions, and only the number of supporters at each earlier load is ever counted.
    """
    import numpy as np

    election = contest.election
    voter = np.frombuffer(election.voter, dtype=np.int64)
    choice = np.frombuffer(election.choice, dtype=np.int64)
    named = np.frombuffer(election.weight, dtype=np.int64) > 0
    fits = [n for n in contest.open if election.projects[n].cost <= contest.money]
    backers = {number: voter[(choice == number) & named] for number in fits}
    last = np.zeros(election.voters, dtype=np.int64)  # which load each voter bears, 0: none
    loads, left, chosen = [Fraction(0)], contest.money, list[Pick]()
    at = {number: Fraction(election.projects[number].cost, len(backers[number])) for number in fits}
    while backers:
        soonest = min(at[number] for number in backers)
        equals = [number for number in backers if at[number] == soonest]
        if any(election.projects[number].cost > left for number in equals):
            break
        number = contest.first(equals)
        left -= election.projects[number].cost
        chosen.append(Pick(number, soonest))
        last[backers.pop(number)] = len(loads)
        loads.append(soonest)
        for rival in contest.rivals[number]:
            backers.pop(rival, None)
        for other, who in backers.items():
            bearing = np.bincount(last[who], minlength=len(loads)).tolist()
            borne = sum(
                (load * many for load, many in zip(loads, bearing, strict=True) if many),
                Fraction(0),
            )
            at[other] = (borne + election.projects[other].cost) / len(who)
    return chosen
