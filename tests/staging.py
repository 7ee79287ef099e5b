"""Stages that are set once and stand for all tests in a row that play on them.

A fixture marked ``@staged`` is made once, inside a transaction; each test that asks for it runs in a
transaction of its own on top, which is rolled back, and gets a copy of what was made. Stages stand on
each other as fixtures do: ``cast``, a fund of that cast, a loan of that fund. What the next test does not
ask for is taken down before it starts. ``at`` is the day on which a stage is made.
"""

import copy
import inspect
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from pendamping.kernel import clock


@dataclass(frozen=True)
class Stage:
    """How a stage is made, and the names of the stages below it."""

    make: Any
    below: tuple[str, ...]
    at: date | None


@dataclass
class Standing:
    """A stage that stands: what was given to it, what was made, and the transaction that holds it."""

    stage: Stage
    given: dict[str, Any]
    made: Any
    held: ExitStack


_standing: list[Standing] = []


def staged(make=None, *, at: date | None = None):
    """A fixture that stands for all tests in a row that ask for it; its arguments are such fixtures too."""
    if make is None:
        return lambda later: staged(later, at=at)
    below = tuple(inspect.signature(make).parameters)

    def given(**_asked):
        return copy.deepcopy(_as_it_stands(make.__name__))

    given.stage = Stage(make, below, at)
    given.__signature__ = inspect.Signature(
        [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in ("db", *below)]
    )
    given.__doc__ = make.__doc__
    return pytest.fixture(name=make.__name__)(given)


def stages_of(item) -> list[Stage]:
    """The stages that a test asks for, each after those below it."""
    known = getattr(item, "_fixtureinfo", None)
    found: list[Stage] = []

    def add(name: str) -> None:
        definitions = known.name2fixturedefs.get(name) or ()
        stage = getattr(definitions[-1].func, "stage", None) if definitions else None
        if stage and stage not in found:
            for lower in stage.below:
                add(lower)
            found.append(stage)

    for name in item.fixturenames if known else ():
        add(name)
    return found


def set_for(item) -> None:
    """Take down what this test does not ask for, and set what it does."""
    wanted = stages_of(item)
    kept = 0
    while kept < min(len(wanted), len(_standing)) and _standing[kept].stage == wanted[kept]:
        kept += 1
    take_down(kept)
    for stage in wanted[kept:]:
        _set(stage)


def take_down(keep: int = 0) -> None:
    """Roll back every stage above the first ``keep``."""
    while len(_standing) > keep:
        _standing.pop().held.close()


def _set(stage: Stage) -> None:
    from django.db import transaction

    given = {name: copy.deepcopy(_as_it_stands(name)) for name in stage.below}
    with ExitStack() as tried:
        tried.enter_context(transaction.atomic())
        tried.callback(transaction.set_rollback, True)
        with clock.at(stage.at) if stage.at else ExitStack():
            made = stage.make(**given)
        _standing.append(Standing(stage, given, made, tried.pop_all()))


def _as_it_stands(name: str) -> Any:
    """What a stage made, with what the stages above it added (a cast wins players)."""
    for one in reversed(_standing):
        if name in one.given:
            return one.given[name]
        if one.stage.make.__name__ == name:
            return one.made
    raise LookupError(name)
