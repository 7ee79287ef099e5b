"""Days that the record suggests for a stage, so that nobody has to look them up: each may be changed."""

from datetime import date

from pendamping.cycle.reading import Cycle
from pendamping.cycle.rules import Verdict, before
from pendamping.cycle.rules.dates import first_ends


def first_day(found: Cycle, stage: str, verdicts: list[Verdict]) -> date:
    """The day of the first record behind the gates, not before the stages that it waits for ended; today
    where there is none."""
    days = _days(verdicts)
    ended = first_ends(found.runs)
    earliest = max(
        (ended[name] for name in before(found.stages, stage) if name in ended),
        default=found.first_day or found.on,
    )
    return min(max(min(days, default=found.on), earliest), found.on)


def on_record(verdicts: list[Verdict]) -> bool:
    """Whether anything is on record that suggests a day; where not, what is filled in is only today."""
    return bool(_days(verdicts))


def last_day(found: Cycle, stage: str, verdicts: list[Verdict]) -> date:
    """The day of the last record behind the gates where all are met, not before the stage began; else today."""
    run = found.standings[stage].run
    days = _days(verdicts)
    if run is None or not days or not all(one.met for one in verdicts):
        return found.on
    return min(max(*days, run.started), found.on)


def _days(verdicts: list[Verdict]) -> list[date]:
    return [proof.on for one in verdicts for proof in one.found.proofs if proof.on is not None]
