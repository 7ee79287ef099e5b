"""``pendamping evidence import|export``: a study as REFI-QDA project or codebook.

Source: doors, ``evidence import`` and ``evidence export``.
"""

import argparse
from pathlib import Path
from typing import Any

from pendamping.cli import output
from pendamping.kernel.refusal import N_, refuse


def add_commands(subparsers: Any) -> None:
    """Register ``evidence`` with its sub-commands."""
    evidence = subparsers.add_parser(
        "evidence", help="a study as REFI-QDA project (.qdpx) or codebook (.qdc)"
    )
    commands = evidence.add_subparsers(dest="evidence_command", required=True, metavar="COMMAND")
    load = commands.add_parser("import", help="take a file in, all or nothing")
    load.add_argument("file", type=Path, metavar="FILE")
    _ward(load, "the only ward of the server; a study of the server itself where there is none")
    output.common(load, writes=True)
    load.set_defaults(run=run_import)
    give = commands.add_parser("export", help="write the study to a file")
    give.add_argument("--out", type=Path, required=True, metavar="FILE")
    _ward(give, "the only study of the server")
    output.common(give)
    give.set_defaults(run=run_export)


def _ward(command: argparse.ArgumentParser, default: str) -> None:
    command.add_argument(
        "--ward",
        metavar="CODE",
        help=f"whose study (default: {default}); “server”: that of the server",
    )


def run_import(arguments: argparse.Namespace) -> int:
    """Take the file in; print what it brought and what is kept without being shown."""
    from pendamping.cli import site

    content = _content(arguments.file)
    site.start()
    from pendamping.access.gate import standing_in
    from pendamping.evidence import actions

    ward = _ward_of_import(arguments.ward)
    with standing_in(ward):
        made = actions.take_in(
            by=site.actor(arguments), ward=ward, file=arguments.file.name, content=content
        )
    translate = output.translator(output.language(arguments))
    told = [translate(text).format(**values) for text, values in made.told]
    if arguments.json:
        output.document({"ward": ward, "file": made.file, "counts": made.counts, "told": told})
        return 0
    print(" · ".join(f"{name} {count}" for name, count in made.counts.items()) or "–")
    for line in told:
        print(f"! {line}")
    return 0


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        text = N_("{file} cannot be read: {why}")
        raise refuse("evidence.qda.file", text, where={"file": path.name}, file=path.name, why=error.strerror) from None  # fmt: skip


def _ward_of_import(asked: str | None) -> str:
    """The ward that was named, the only one, or the server itself where no ward takes part."""
    from pendamping.territory import queries

    if asked is not None:
        return _known(asked)
    found = [one.code for one in queries.wards([""])]
    if len(found) > 1:
        text = N_("This server has several wards: say with --ward whose study it is.")
        raise refuse("evidence.qda.ward", text)
    return found[0] if found else ""


def _known(asked: str) -> str:
    from pendamping.territory import queries

    if asked == "server":
        return ""
    if queries.ward(asked) is None:
        raise refuse("evidence.qda.ward", N_("No ward {ward} takes part here."), ward=asked)
    return asked


def run_export(arguments: argparse.Namespace) -> int:
    """Write the study: a project, or its codebook where the name of the file ends in ``.qdc``."""
    from pendamping.cli import site

    site.start()
    from pendamping.evidence import queries
    from pendamping.evidence.rules import qda

    found = queries.project(_ward_of_export(arguments.ward))
    book = arguments.out.suffix.lower() == ".qdc"
    if book and not found.codes:
        raise refuse(
            "evidence.qda.empty", N_("The study has no code: there is no codebook to write.")
        )
    content = qda.codebook(found) if book else qda.project(found)
    try:
        arguments.out.write_bytes(content)
    except OSError as error:
        text = N_("{file} cannot be written: {why}")
        raise refuse(
            "evidence.qda.file", text, file=str(arguments.out), why=error.strerror
        ) from None
    counts = {"codes": len(found.codes), "sources": len(found.sources), "memos": len(found.notes)}
    if arguments.json:
        output.document({"file": str(arguments.out), "counts": counts})
    else:
        print(" · ".join(f"{name} {count}" for name, count in counts.items()))
    return 0


def _ward_of_export(asked: str | None) -> str:
    from pendamping.evidence import queries

    if asked is not None:
        return _known(asked)
    found = queries.wards()
    if len(found) > 1:
        text = N_("This server has several studies: say with --ward which one ({wards}).")
        raise refuse("evidence.qda.ward", text, wards=", ".join(one or "server" for one in found))
    return found[0] if found else ""
