"""``pendamping census check|import``: a household list from XLSX, CSV or Kobo JSON.

Source: doors, ``census check`` and ``census import``. ``check`` needs no database.
"""

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pendamping.cli import output, progress, wards
from pendamping.households.rules.stages import STAGES
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason

if TYPE_CHECKING:
    from pendamping.households.rules.census import Census

SHOWN = 40


def add_commands(subparsers: Any) -> None:
    """Register ``census`` with its sub-commands; each sets ``run``, a function of the arguments."""
    census = subparsers.add_parser("census", help="household lists: check and import")
    commands = census.add_subparsers(dest="census_command", required=True, metavar="COMMAND")
    check = commands.add_parser("check", help="name each wrong cell; needs no database")
    check.add_argument("file", type=Path, metavar="FILE")
    check.add_argument("--ward", default="", metavar="CODE", help="rows of other wards are wrong")
    output.common(check)
    check.set_defaults(run=run_check)
    load = commands.add_parser("import", help="import a list, all or nothing")
    load.add_argument("file", type=Path, metavar="FILE")
    load.add_argument("--ward", required=True, metavar="CODE")
    doubles = load.add_mutually_exclusive_group()
    doubles.add_argument(
        "--stop-at-doubles",
        action="store_true",
        help="store nothing where the file has likely doubles: somebody looks at them first",
    )
    doubles.add_argument(
        "--accept-doubles",
        action="store_true",
        help="on a terminal too, store the file with its likely doubles and do not ask",
    )
    output.common(load, writes=True)
    load.set_defaults(run=run_import)
    blank = commands.add_parser("template", help="write the empty template")
    blank.add_argument("file", type=Path, metavar="FILE.xlsx")
    output.common(blank)
    blank.set_defaults(run=run_template)


def run_check(arguments: argparse.Namespace) -> int:
    """Print the findings: 0 where the file may be imported, 1 where a cell is wrong."""
    from pendamping.households.readers.files import read_path
    from pendamping.households.rules.census import check_census

    if arguments.ward:
        wards.official(arguments.ward)
    with progress.bar(_stages(arguments)) as tick:
        tables = read_path(arguments.file)
        census = check_census(tables, clock.today(), arguments.ward, tick=tick)
    found = census.as_json(output.translator(output.language(arguments)))
    _show(found, arguments)
    return 0 if census.ok else 1


def run_import(arguments: argparse.Namespace) -> int:
    """Import the file into the configured database, all or nothing.

    Its likely doubles are told with it. On a terminal they are shown first and whoever sits there is asked;
    a script that runs without one has looked by ``check``, or says ``--stop-at-doubles``.
    """
    from pendamping.households.readers.files import content_of

    content = content_of(arguments.file)
    from pendamping.cli import site

    site.start()
    wards.open_or_official(arguments.ward)
    from django.db import transaction

    from pendamping.access.gate import standing_in
    from pendamping.households import actions, checking

    by, ward, name = site.actor(arguments), arguments.ward, arguments.file.name
    _ask(by, ward)
    translate, stages = output.translator(output.language(arguments)), _stages(arguments)
    with standing_in(ward):
        with progress.bar(stages) as tick:
            census = checking.check(ward, name, content, clock.today(), tick)
        found = census.as_json(translate)
        unseen, told = _doubles(census, found, arguments)
        if census.ok and not unseen:
            with progress.bar(stages) as tick, transaction.atomic():
                _open_ward(by, ward)
                actions.import_census(
                    by=by, ward=ward, filename=name, content=content, census=census,
                    stop_at_doubles=arguments.stop_at_doubles, tick=tick,
                )  # fmt: skip
    if unseen:
        found["reasons"] = [reason.as_json(translate) for reason in unseen]
    _show(found, arguments, told=told)
    return 0 if census.ok and not unseen else 1


def _doubles(
    census: "Census", found: dict[str, Any], arguments: argparse.Namespace
) -> tuple[list[Reason], bool]:
    """Why the file is not stored for its likely doubles, and whether its findings were shown already."""
    from pendamping.households.rules.census import unseen_doubles

    doubles = unseen_doubles(census)
    if arguments.stop_at_doubles:
        return doubles, False
    watched = sys.stdin.isatty() and not arguments.json
    if not doubles or not census.ok or arguments.accept_doubles or not watched:
        return [], False
    _findings(found)
    agreed = output.agreed(
        N_("Store them all? Both of a pair are kept; you settle them under Likely doubles."),
        arguments,
    )
    return ([] if agreed else doubles), True


def _stages(arguments: argparse.Namespace) -> dict[str, str]:
    translate = output.translator(output.language(arguments))
    return {stage: translate(said) for stage, said in STAGES.items()}


def _ask(by: Any, ward: str) -> None:
    """Before a large file is read: whether the ward may be imported into, and opened where it is not."""
    from pendamping.access.gate import allow
    from pendamping.territory import queries

    allow(by, "households.import_census", ward)
    if queries.ward(ward) is None:
        allow(by, "desk.open_ward", ward)


def _open_ward(by: Any, ward: str) -> None:
    """A ward that does not take part yet is opened with its first census; refuses what is no ward."""
    from pendamping.desk import actions
    from pendamping.territory import queries

    if queries.ward(ward) is None:
        actions.open_ward(by=by, code=ward)


def run_template(arguments: argparse.Namespace) -> int:
    """Write the empty census template."""
    from pendamping.households.workbooks import template

    translate = output.translator(output.language(arguments))
    arguments.file.write_bytes(template(translate))
    return 0


def _show(found: dict[str, Any], arguments: argparse.Namespace, *, told: bool = False) -> None:
    if arguments.json:
        output.document(found)
        return
    if not told:
        _findings(found)
    counts = ("rows", "households", "members")
    print(" · ".join(f"{name} {found[name]}" for name in counts))
    for reason in found.get("reasons", ()):
        print(f"{reason['text']} [{reason['clause']}]", file=sys.stderr)


def _findings(found: dict[str, Any]) -> None:
    """Wrong cells, what is doubtful, likely doubles: the first of each."""
    for kind in ("errors", "warnings"):
        for each in found[kind][:SHOWN]:
            place = " ".join(str(part) for part in (each["sheet"], each["row"], each["column"]))
            value = f" [{each['value']}]" if each["value"] else ""
            print(f"{'✗' if kind == 'errors' else '!'} {place}{value}: {each['reason']}")
        if len(found[kind]) > SHOWN:
            print(f"… +{len(found[kind]) - SHOWN}")
    for pair in found["duplicates"][:SHOWN]:
        first, second = pair["first"], pair["second"]
        print(
            f"= {first['name']} ~ {second['name']} ({pair['score']}): {', '.join(pair['reasons'])}"
        )
    if len(found["duplicates"]) > SHOWN:
        print(f"… +{len(found['duplicates']) - SHOWN}")
