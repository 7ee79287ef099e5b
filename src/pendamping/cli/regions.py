"""``pendamping regions update``: take over a newer list of regions, after showing what it changes."""

import argparse
import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pendamping.kernel import signs
from pendamping.kernel.refusal import N_, Reason, Refusal, refuse, refuse_if

SHOWN = 20


def add_commands(commands: Any) -> None:
    """Register ``regions update``."""
    from pendamping.cli import output

    group = commands.add_parser("regions", help="the official regions").add_subparsers(
        required=True, metavar="WHAT"
    )
    update = group.add_parser(
        "update",
        help="take over a newer list: new codes, names, codes that ceased, splits",
        description="Shows first what changes. Nothing is deleted: a code that ceased keeps its records.",
    )
    update.add_argument(
        "file",
        type=Path,
        nargs="?",
        metavar="FILE",
        help="the whole list as CSV: code,name (default: the list that the program brings)",
    )
    update.add_argument(
        "--split", type=_split, action="append", default=[], metavar="OLD=NEW,NEW",
        help="a code whose area went to others, which no list tells",
    )  # fmt: skip
    update.add_argument(
        "--rename", type=_rename, action="append", default=[], metavar="CODE=NAME",
        help="another name than the list has",
    )  # fmt: skip
    update.add_argument("--check", action="store_true", help="only show what would change")
    update.add_argument(
        "--allow-closing", action="store_true", help="also a list that lacks very many codes"
    )
    output.common(update, writes=True)
    update.set_defaults(run=run_update)


def _split(text: str) -> tuple[str, tuple[str, ...]]:
    old, _, new = text.partition("=")
    codes = tuple(code.strip() for code in new.split(",") if code.strip())
    if not old.strip() or not codes:
        raise argparse.ArgumentTypeError(f"{text!r} is not OLD=NEW,NEW")
    return old.strip(), codes


def _rename(text: str) -> tuple[str, str]:
    code, _, name = text.partition("=")
    if not code.strip() or not name.strip():
        raise argparse.ArgumentTypeError(f"{text!r} is not CODE=NAME")
    return code.strip(), name.strip()


def run_update(arguments: argparse.Namespace) -> int:
    """Show what changes and what stays with old codes; then take it over, unless only asked."""
    from pendamping.cli import output, site

    site.start()
    from pendamping.territory import actions, queries, rules

    regions, source = _list(arguments.file)
    unknown = [code for code, _name in arguments.rename if code not in regions]
    if unknown:
        raise Refusal(_unknown(code) for code in unknown)
    regions |= dict(arguments.rename)
    splits = dict(arguments.split)
    known = queries.in_force()
    reasons = rules.problems(known, regions, splits)
    reasons += [] if arguments.allow_closing else rules.shrinks(known, regions)
    if reasons:
        raise Refusal(reasons)
    plan = rules.compare(known, regions, splits)
    stays = [_staying(code) for code in _ceasing(plan) if queries.ward(code)]
    _show(plan, stays, arguments)
    if not arguments.check:
        actions.update_regions(
            by=site.actor(arguments),
            regions=regions,
            source=source,
            splits=splits,
            may_shrink=arguments.allow_closing,
        )
    if arguments.json:
        output.document(_document(plan, stays, written=not arguments.check))
    else:
        translate = output.translator(output.language(arguments))
        output.say(translate(CHECKED if arguments.check else DONE))
    return 0


def _unknown(code: str) -> Reason:
    return Reason(
        "territory.code", "{code} is not an official code", {"code": code}, {"code": code}
    )


def _list(file: Path | None) -> tuple[dict[str, str], str]:
    """The list and where it is from, with the fingerprint of a file."""
    if file is None:
        from pendamping.territory import official

        return official.regions(), official.source()
    try:
        content = file.read_bytes()
        rows = list(csv.reader(content.decode("utf-8-sig").splitlines()))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise refuse(
            "territory.file", "{file} cannot be read: {why}", file=str(file), why=error
        ) from error
    if not rows or [cell.strip().lower() for cell in rows[0][:2]] != ["code", "name"]:
        raise refuse(
            "territory.columns", "The first row of {file} must be: code,name", file=str(file)
        )
    refuse_if(signs.reasons("territory.row", file.name, enumerate(rows, start=1)))
    _refuse_rows(file, rows)
    found = {row[0].strip(): row[1].strip() for row in rows[1:] if any(row)}
    return found, f"{file.name[:60]} sha256:{hashlib.sha256(content).hexdigest()[:16]}"


def _refuse_rows(file: Path, rows: list[list[str]]) -> None:
    wrong, seen = [], set()
    for number, row in enumerate(rows[1:], start=2):
        code = row[0].strip() if row else ""
        if any(row) and (len(row) < 2 or not code or not row[1].strip() or code in seen):
            wrong.append(
                Reason(
                    "territory.row",
                    "A code that stands twice, or a row without code or name",
                    {},
                    {"file": file.name, "row": number, "code": code},
                )
            )
        seen.add(code)
    if wrong:
        raise Refusal(wrong[:SHOWN])


@dataclass(frozen=True)
class Staying:
    """A ward that takes part and whose code ceases: what stays with the old code."""

    code: str
    name: str
    roles: tuple[str, ...]
    records: Mapping[str, int]


def _ceasing(plan: Any) -> list[str]:
    return sorted({*plan.closed, *plan.splits})


def _staying(code: str) -> Staying:
    """Roles and records of a ward; they are read where they were written, under the old code."""
    from pendamping.access import queries as access
    from pendamping.funds.loans import queries as loans
    from pendamping.households import queries as households
    from pendamping.kernel import clock
    from pendamping.territory import queries as territory

    today = clock.life_today()
    people = [one for one in access.people_of(code) if one.until is None or one.until >= today]
    records = {
        "households": households.counts(code).households,
        "loans": sum(loans.counts(code).values()),
    }
    roles = tuple(f"{one.user.username} ({one.role})" for one in people)
    ward = territory.ward(code)
    return Staying(code, ward.name if ward else code, roles, records)


def _show(plan: Any, stays: list[Staying], arguments: argparse.Namespace) -> None:
    from pendamping.cli import output

    translate = output.translator(output.language(arguments))

    def say(text: str, **values: Any) -> None:
        output.say(translate(text).format(**values), arguments)

    say(
        COUNTS,
        added=len(plan.added),
        renamed=len(plan.renamed),
        closed=len(plan.closed),
        split=len(plan.splits),
    )
    for code, (old, new) in list(plan.renamed.items())[:SHOWN]:
        say(RENAMED, code=code, old=old, new=new)
    for old, new in plan.splits.items():
        say(SPLIT, code=old, codes=", ".join(new))
    for one in stays:
        say(STAYS, code=one.code, name=one.name, **one.records)
        say(ROLES, names=", ".join(one.roles) or "–")


def _document(plan: Any, stays: list[Staying], *, written: bool) -> dict[str, Any]:
    return {
        "written": written,
        "added": len(plan.added),
        "renamed": {code: list(names) for code, names in plan.renamed.items()},
        "closed": list(plan.closed),
        "splits": {old: list(new) for old, new in plan.splits.items()},
        "stays": [{"ward": one.code, "roles": list(one.roles), **one.records} for one in stays],
    }


COUNTS = N_("{added} new codes, {renamed} new names, {closed} codes that cease, {split} splits")
RENAMED = N_("  {code}: {old} becomes {new}")
SPLIT = N_("  {code} goes to {codes}")
STAYS = N_(
    "  {code} {name} takes part: {households} households and {loans} loans stay with this code. Nobody is "
    "moved; open the new wards and give roles there"
)
ROLES = N_("    roles that stay with it: {names}")
CHECKED = N_("Nothing was changed.")
DONE = N_("Taken over.")
