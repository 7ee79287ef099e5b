"""What commands print: one JSON document on standard output, or lines for people."""

import argparse
import gettext
import json
import sys
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pendamping.kernel.refusal import N_, Reason

PACKAGE = Path(__file__).resolve().parent.parent


def common(command: argparse.ArgumentParser, *, writes: bool = False) -> None:
    """Add the options that every command takes: ``--json``, ``--lang`` and, to write, ``--as``."""
    command.add_argument("--json", action="store_true", help="print one JSON document")
    command.add_argument("--lang", choices=["id", "en"], help="language of texts (default: id)")
    if writes:
        command.add_argument(
            "--as", dest="as_user", metavar="USER", help="who acts (default: system)"
        )


def language(arguments: argparse.Namespace) -> str:
    """The language asked for, or ``PENDAMPING_LANG``, or Indonesian."""
    from pendamping.web.environment import language as default

    return getattr(arguments, "lang", None) or default()


@cache
def _catalogues() -> list[gettext.GNUTranslations]:
    found = []
    for path in sorted(PACKAGE.rglob("locale/id/LC_MESSAGES/django.mo")):
        with path.open("rb") as file:
            found.append(gettext.GNUTranslations(file))
    return found


def translator(lang: str) -> Callable[[str], str]:
    """From English to the language, through every room's catalogue; needs no Django."""

    def translate(text: str) -> str:
        for catalogue in _catalogues():
            if (said := catalogue.gettext(text)) != text:
                return said
        return text

    return translate if lang == "id" else str


def document(data: Mapping[str, Any] | list[Any]) -> None:
    """Print one JSON document."""
    json.dump(data, sys.stdout, ensure_ascii=False, default=str)
    sys.stdout.write("\n")


def say(text: str, arguments: argparse.Namespace | None = None) -> None:
    """A line for people: on standard error where standard output belongs to JSON."""
    to_error = bool(arguments and getattr(arguments, "json", False))
    print(text, file=sys.stderr if to_error else sys.stdout)


def agreed(question: str, arguments: argparse.Namespace) -> bool:
    """Ask on a terminal; whatever is not yes is no."""
    translate = translator(language(arguments))
    choice = translate(N_("[y/N]"))
    print(f"{translate(question)} {choice} ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "ya", "yes")


def refused(reasons: Iterable[Reason], arguments: argparse.Namespace) -> int:
    """Print the reasons and return exit status 1."""
    translate = translator(language(arguments))
    found = [reason.as_json(translate) for reason in reasons]
    if getattr(arguments, "json", False):
        document({"reasons": found})
    else:
        for reason in found:
            place = _place(reason["where"], translate)
            print(f"{place}{reason['text']} [{reason['clause']}]", file=sys.stderr)
    return 1


def _place(where: Mapping[str, Any], translate: Callable[[str], str]) -> str:
    """The row of a file that a reason is about, where it is about one."""
    if "file" not in where or "row" not in where:
        return ""
    return translate(N_("{file}, row {row}: ")).format(file=where["file"], row=where["row"])
