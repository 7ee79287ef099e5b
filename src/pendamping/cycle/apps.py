from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, register


class CycleConfig(AppConfig):
    name = "pendamping.cycle"
    label = "cycle"
    carries = ("PlanDate", "Plan", "Milestone")  # in the order of writing: trail.carrying

    def ready(self) -> None:
        """Let the server not start with a gate that a guideline may name and nobody reads."""
        register(unread_gates)


def unread_gates(**_asked: Any) -> list[Error]:
    """A fault for each name of a gate in the language of guidelines that this room does not bind, or the
    other way round."""
    from pendamping.cycle.rules import READERS
    from pendamping.guidelines.rules.gates import READS

    return [
        Error(
            f"guidelines.rules.gates.READS and cycle.rules.READERS differ in “{name}”: a gate that "
            "names it would read nothing",
            id="cycle.E001",
        )
        for name in sorted(READS.keys() ^ READERS.keys())
    ]
