"""``pendamping simulate``: made-up wards as ward packages, with planted factors.

Source: doors, `pendamping simulate`.
"""

import argparse
from collections import defaultdict
from pathlib import Path
from typing import Any

from pendamping.cli import output

MOST_WARDS = 10_000
MOST_MONTHS = 120


def add_commands(subparsers: Any) -> None:
    """Register ``simulate``."""
    simulate = subparsers.add_parser(
        "simulate",
        help="packages of made-up wards that behave, with planted factors; no database",
        description="Make up wards with seasons, noise, late entry and missing rolls, each as a ward package to try"
        " warnings on; the same seed gives the same bytes. Nobody in them is real; no server takes them in.",
    )  # fmt: skip
    simulate.add_argument(
        "--wards", type=_up_to(MOST_WARDS), required=True, metavar="N", help="how many"
    )
    simulate.add_argument("--months", type=_up_to(MOST_MONTHS), required=True, metavar="M",
                          help="how long each programme lasts")  # fmt: skip
    simulate.add_argument("--seed", type=int, required=True, metavar="S", help="any whole number")
    simulate.add_argument(
        "--plant", nargs="+", action="extend", default=[], metavar="FACTOR@WARD",
        help="a factor of `pendamping warn` that grows in a ward, named by its number from 1 or by its code",
    )  # fmt: skip
    simulate.add_argument("--out", type=Path, required=True, metavar="DIR",
                          help="gets CODE.zip of each ward, and planted.csv with what was planted since when")  # fmt: skip
    output.common(simulate)
    simulate.set_defaults(run=run)


def _up_to(most: int) -> Any:
    def number(text: str) -> int:
        found = int(text)
        if not 1 <= found <= most:
            raise argparse.ArgumentTypeError(f"from 1 to {most}")
        return found

    return number


def run(arguments: argparse.Namespace) -> int:
    """Exit status 0 with every package written, 1 with every reason why a plant or the folder cannot be."""
    from pendamping.cli import progress
    from pendamping.kernel.refusal import N_, refuse
    from pendamping.simulation.rules import setting
    from pendamping.simulation.writing import write

    plants = _plants(arguments.plant, arguments.wards)
    wards = [
        setting(arguments.seed, number, arguments.months, frozenset(plants[number]))
        for number in range(1, arguments.wards + 1)
    ]
    made = []
    translate = output.translator(output.language(arguments))
    stages = {"wards": translate(N_("Making up wards"))}
    try:
        with progress.bar(stages) as tick:
            for ward, path in write(wards, arguments.out):
                planted = {factor: day.isoformat() for factor, day in ward.plants.items()}
                made.append({"ward": ward.code, "file": str(path), "planted": planted})
                tick("wards", len(made), len(wards))
    except OSError as error:
        raise refuse(
            "simulate.write", N_("{file} cannot be written: {why}"), where={"file": str(arguments.out)},
            file=str(arguments.out), why=error.strerror or type(error).__name__,
        ) from None  # fmt: skip
    if arguments.json:
        output.document({"seed": arguments.seed, "months": arguments.months, "wards": made})
        return 0
    said = translate(N_("{wards} made-up wards are in {folder}."))
    output.say(said.format(wards=len(made), folder=arguments.out))
    return 0


def _plants(asked: list[str], wards: int) -> dict[int, set[str]]:
    """Number of a ward → the factors planted in it; refuses every plant that names no factor or no ward."""
    from pendamping.insight.rules import FACTORS
    from pendamping.kernel.refusal import N_, Reason, refuse_if
    from pendamping.simulation.rules import code_of

    numbers = {name: n for n in range(1, wards + 1) for name in (str(n), code_of(n))}
    found: dict[int, set[str]] = defaultdict(set)
    wrong = []
    for plant in asked:
        factor, _, ward = plant.partition("@")
        if factor not in FACTORS:
            wrong.append(Reason("simulate.factor", N_("{factor} is no factor. They are: {factors}."),
                                {"factor": factor, "factors": ", ".join(FACTORS)}, {"plant": plant}))  # fmt: skip
        if ward not in numbers:
            wrong.append(Reason("simulate.ward", N_("{plant} does not name one of the {wards} wards."),
                                {"plant": plant, "wards": wards}, {"plant": plant}))  # fmt: skip
        if factor in FACTORS and ward in numbers:
            found[numbers[ward]].add(factor)
    refuse_if(wrong)
    return found
