"""Equal shares of made-up elections, beside pabutools with exact fractions, and the largest of a folder.

Processor time: a rule computes and waits for nothing, and other work on the machine does not count.

Limit: the same choices sorted by project once and added up by numpy, which every way to do it needs. Peer:
pabutools, where it is installed, once for each election (it takes up to a minute); the winners must be the same.
"""

import os
import random
from array import array
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any

from pendamping.bench.result import Measure, Options, Result
from pendamping.planning.rules.allocation import allocate
from pendamping.planning.rules.contest import Method
from pendamping.planning.rules.election import Election, Project
from pendamping.planning.rules.pabulib import read

SIZES = ((20, 1_000), (50, 10_000), (100, 50_000))
NAMED = 8  # a ballot names up to so many projects
METHOD = Method("equal-shares")
UNIT = "milliseconds"
GOAL = "pabutools >= 300 times ours, the same winners"


def run(options: Options, say: Callable[[str], None]) -> Result:
    """Measure; ``size``: the voters of one election of 100 projects instead of the usual ones."""
    sizes = ((100, options.size),) if options.size else SIZES
    elections = {f"{m} x {n:,}": made(m, n) for m, n in sizes}
    path, largest = _largest()
    if largest is not None and not options.size:
        elections["largest file"] = largest
    measures, times, notes = [], dict[str, Any](), dict[str, Any]()
    for name, election in elections.items():
        say(f"{name}: {len(election.choice):,} choices …")
        ours = [_timed(lambda one=election: allocate(one, METHOD)) for _run in range(options.runs)]
        limit = [_timed(lambda one=election: _sorted(one)) for _run in range(options.runs)]
        winners = sorted(ours[0][1].selected)
        measures += [
            Measure(f"{name}: sorted and added up", f"{UNIT}, {name}", _times(limit), "limit"),
            Measure(f"{name}: equal shares", f"{UNIT}, {name}", _times(ours), "ours", GOAL),
        ]
        peer = _peer(election, path if election is largest else None)
        if peer:
            passed, theirs = _timed(peer)
            measures.append(Measure(f"{name}: pabutools", f"{UNIT}, {name}", (passed,), "peer"))
            times[name] = round(passed / measures[-2].median)
            notes[f"same winners, {name}"] = sorted(theirs) == winners
        notes[f"funded, {name}"] = len(winners)
    notes["pabutools, times ours"] = times or "pabutools is not installed"
    return Result("allocate", measures, notes)


def made(projects: int, voters: int) -> Election:
    """Approval ballots of up to eight projects, the first ones more wanted; always the same."""
    chance = random.Random(f"{projects} {voters}")  # noqa: S311 -- repeatable on purpose, no secret
    lines = [Project(f"p{n:03d}", chance.randrange(5, 60) * 1_000_000) for n in range(projects)]
    wanted = [1 / (number + 3) for number in range(projects)]
    voter, choice = array("q"), array("q")
    for number in range(voters):
        for one in sorted(set(chance.choices(range(projects), wanted, k=NAMED))):
            voter.append(number)
            choice.append(one)
    half = sum(line.cost for line in lines) // 2
    ones = array("q", [1]) * len(voter)
    return Election(tuple(lines), half, "approval", voters, voter, choice, ones)


def _largest() -> tuple[Path | None, Election | None]:
    """The election with most choices among the approval ballots of ``PENDAMPING_TEST_DATA``."""
    folder = Path(os.environ.get("PENDAMPING_TEST_DATA", "../shared/data")) / "pabulib-elections/pb"
    files = sorted(folder.glob("*.pb"), key=lambda path: path.stat().st_size, reverse=True)
    for path in files:
        election = read(path.read_bytes(), path.name)
        if election.kind == "approval":
            return path, election
    return None, None


def _timed(ask: Callable[[], Any]) -> tuple[float, Any]:
    began = process_time()
    found = ask()
    return (process_time() - began) * 1000, found


def _times(runs: list[tuple[float, Any]]) -> tuple[float, ...]:
    return tuple(passed for passed, _found in runs)


def _sorted(election: Election) -> Any:
    import numpy as np

    choice = np.frombuffer(election.choice, dtype=np.int64)
    voter = np.frombuffer(election.voter, dtype=np.int64)
    order = np.argsort(choice.astype(np.uint16), kind="stable")
    return voter[order], np.bincount(choice)


def _peer(election: Election, path: Path | None) -> Callable[[], list[str]] | None:
    """pabutools on the same ballots, as its own reader makes them where they are a file's.

    ``None`` where it is not installed. Its objects are made before the clock starts.
    """
    try:
        peers = import_module("pabutools.election")
        equal_shares = import_module("pabutools.rules").method_of_equal_shares
    except ImportError:
        return None
    asked = _as_theirs(peers, election) if path is None else peers.parse_pabulib(str(path))
    return lambda: [line.name for line in equal_shares(*asked, peers.Cost_Sat)]


def _as_theirs(peers: Any, election: Election) -> tuple[Any, Any]:
    """Instance and profile; money is a fraction, as their reader has it."""
    fraction = import_module("pabutools.fractions").frac
    lines = [peers.Project(project.id, fraction(project.cost)) for project in election.projects]
    ballots = [peers.ApprovalBallot() for _voter in range(election.voters)]
    for voter, choice in zip(election.voter, election.choice, strict=True):
        ballots[voter].add(lines[choice])
    instance = peers.Instance(lines, budget_limit=fraction(election.budget))
    return instance, peers.ApprovalProfile(ballots)
