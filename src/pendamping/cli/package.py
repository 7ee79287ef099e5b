"""``pendamping package``: everything a ward owns, as one file.

Source: doors, *The ward package*.
"""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pendamping.cli import output
from pendamping.kernel.refusal import N_, Reason, Refusal, refuse

if TYPE_CHECKING:
    from pendamping.exchange.reading import Package


def add_commands(subparsers: Any) -> None:
    """Register ``package export``, ``package import`` and ``package check``."""
    package = subparsers.add_parser("package", help="everything a ward owns, as one file")
    commands = package.add_subparsers(required=True, metavar="COMMAND")
    export = commands.add_parser(
        "export",
        help="everything that a ward owns into one file",
        description="Write the package of a ward: a Frictionless Data Package with the texts in force.",
    )
    export.add_argument("ward", metavar="WARD", help="official code of the ward")
    export.add_argument(
        "file", type=Path, metavar="FILE.zip", help="is written anew, whole or not at all"
    )
    _passphrase_option(
        export, "let numbers of persons (NIK) go out, under the passphrase in this file"
    )
    output.common(export, writes=True)
    export.set_defaults(run=run_export)
    archive = commands.add_parser(
        "archive",
        help="pages, papers and ledger of a ward that open from a stick without a server",
        description="Write the archive of a ward, in Indonesian, as everybody may have it.",
    )
    archive.add_argument("ward", metavar="WARD", help="official code of the ward")
    archive.add_argument("target", type=Path, metavar="OUT.zip", help="a zip, or a new folder")
    archive.add_argument(
        "--whole",
        action="store_true",
        help="with names and every register: for the board's own safe",
    )
    output.common(archive)
    archive.set_defaults(run=run_archive)
    take = commands.add_parser(
        "import",
        help="a ward from its package into this server, whole or not at all",
        description="Take in a ward that is not on this server yet, with its records and its sealed trail.",
    )
    take.add_argument("file", type=Path, metavar="FILE.zip", help="the package")
    _passphrase_option(take, "open its numbers of persons with the passphrase in this file")
    output.common(take, writes=True)
    take.set_defaults(run=run_import)
    check = commands.add_parser(
        "check",
        help="what is wrong in a ward package, by file, row and column; no database",
        description="Check a ward package, or a folder that holds one. Needs no database; changes nothing.",
    )
    check.add_argument("file", type=Path, metavar="FILE.zip", help="the package, or a folder")
    output.common(check)
    check.set_defaults(run=run_check)


def run_export(arguments: argparse.Namespace) -> int:
    """Exit status 0 with the package written, 1 for a ward that is not here or a file that cannot be."""
    from pendamping.cli import site, wards

    site.start()
    ward = wards.here(arguments.ward)
    from pendamping.exchange.actions import note_numbers
    from pendamping.exchange.queries import export

    passphrase = _passphrase(arguments)
    try:
        if passphrase:
            note_numbers(by=site.actor(arguments), ward=ward)
        held = export(ward, arguments.file, passphrase)
    except OSError as error:
        raise _unwritten(arguments.file, error) from None
    if arguments.json:
        output.document({"ward": ward, "file": str(arguments.file), "files": held})
        return 0
    translate = output.translator(output.language(arguments))
    said = translate(N_("The package of ward {ward} is in {file}: {files} files."))
    output.say(said.format(ward=ward, file=arguments.file, files=len(held)))
    return 0


def run_archive(arguments: argparse.Namespace) -> int:
    """Exit status 0 with the archive written, 1 for a ward that is not here or what cannot be written."""
    from pendamping.cli import site, wards

    site.start()
    ward = wards.here(arguments.ward)
    from pendamping.access.gate import standing_in
    from pendamping.exchange.queries import archive

    try:
        with standing_in(ward):
            held = archive(ward, arguments.target, all_=arguments.whole)
    except OSError as error:
        raise _unwritten(arguments.target, error) from None
    if arguments.json:
        output.document({"ward": ward, "file": str(arguments.target), "files": held})
        return 0
    translate = output.translator(output.language(arguments))
    said = translate(N_("The archive of ward {ward} is in {file}: open index.html there."))
    output.say(said.format(ward=ward, file=arguments.target))
    return 0


def _passphrase_option(command: argparse.ArgumentParser, told: str) -> None:
    command.add_argument("--passphrase-file", type=Path, metavar="FILE", help=told)


def _passphrase(arguments: argparse.Namespace) -> str:
    """The first line of the file that holds it; empty where none is named."""
    path: Path | None = arguments.passphrase_file
    if path is None:
        return ""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise refuse("package.passphrase", N_("{file} cannot be read."), file=str(path)) from None
    return lines[0].strip() if lines else " "


def _unwritten(path: Path, error: OSError) -> Refusal:
    return refuse(
        "package.write",
        N_("{file} cannot be written: {why}"),
        where={"file": str(path)},
        file=str(path),
        why=error.strerror or type(error).__name__,
    )


def run_import(arguments: argparse.Namespace) -> int:
    """Exit status 0 with the ward taken in, 1 with every reason and nothing changed."""
    from pendamping.cli import site
    from pendamping.exchange.reading import read

    package = read(arguments.file)
    site.start()
    from pendamping.exchange.actions import take_in

    passphrase = _passphrase(arguments)
    ward = take_in(by=site.actor(arguments), package=package, passphrase=passphrase)
    if not passphrase and any(row.get("nik") for row in package.rows.get("persons", ())):
        text = N_(
            "Numbers of persons are in the package and stayed there: no passphrase was given."
        )
        package.notes.append(Reason("package.passphrase", text, {}, {"file": "data/persons.csv"}))
    translate = output.translator(output.language(arguments))
    if arguments.json:
        output.document(
            {
                "ward": ward,
                "resources": {name: len(rows) for name, rows in package.rows.items()},
                "notes": [note.as_json(translate) for note in package.notes],
            }
        )
        return 0
    output.refused(package.notes, arguments)
    said = translate(N_("Ward {ward} was taken in: {rows} rows."))
    output.say(said.format(ward=ward, rows=sum(len(rows) for rows in package.rows.values())))
    return 0


def run_check(arguments: argparse.Namespace) -> int:
    """Exit status 0 where the package is whole, 1 with every reason."""
    from pendamping.exchange.reading import look

    found = look(arguments.file)
    translate = output.translator(output.language(arguments))
    if arguments.json:
        output.document(_document(found, translate))
        return 1 if found.reasons else 0
    output.refused(found.notes, arguments)
    if found.reasons:
        return output.refused(found.reasons, arguments)
    rows = sum(len(rows) for rows in found.rows.values())
    said = translate(
        N_("The package is whole: {rows} rows in {resources} resources, {files} files.")
    )
    output.say(said.format(rows=rows, resources=len(found.rows), files=len(found.files)))
    return 0


def _document(found: "Package", translate: Any) -> dict[str, Any]:
    return {
        "ok": not found.reasons,
        "resources": {name: len(rows) for name, rows in found.rows.items()},
        "files": sorted(found.files),
        "reasons": [reason.as_json(translate) for reason in found.reasons],
        "notes": [reason.as_json(translate) for reason in found.notes],
    }
