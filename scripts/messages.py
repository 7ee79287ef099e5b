"""Collect, compile and check each room's catalogue: ``messages.py update|compile|check [ROOM…]``.

Each room keeps its own ``locale/id/LC_MESSAGES/django.po``. English is the text in the code.
"""

import re
import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

SOURCE = Path(__file__).resolve().parent.parent / "src" / "pendamping"
METHODS = [("**.py", "python"), ("**/templates/**.html", "jinja2")]
OPTIONS = {
    "**/templates/**.html": {
        "extensions": "jinja2.ext.i18n,jinja2.ext.do",
        "silent": "false",
        "trimmed": "true",
    }
}
HEADER = """msgid ""
msgstr ""
"Language: id\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "pgettext": ((1, "c"), 2),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "Reason": (2,),
    "refuse": (2,),
}


def rooms() -> list[Path]:
    """Every folder that is a room: one with a ``templates`` folder or Python texts of its own."""
    funds = [path for path in (SOURCE / "funds").glob("*/") if path.is_dir()]
    tops = [path for path in SOURCE.glob("*/") if path.is_dir() and path.name not in {"funds"}]
    return sorted(path for path in [*tops, *funds] if not path.name.startswith("__"))


def collect(room: Path) -> Catalog:
    """The texts of one room, in the order of their files."""
    found = Catalog(locale="id", project="Pendamping", charset="utf-8")
    for name, line, message, comments, context in extract_from_dir(
        str(room), method_map=METHODS, options_map=OPTIONS, keywords=KEYWORDS
    ):
        found.add(
            message, None, [(f"{room.name}/{name}", line)], auto_comments=comments, context=context
        )
    return found


def catalogue(room: Path) -> Path:
    return room / "locale" / "id" / "LC_MESSAGES" / "django.po"


def update(names: list[str]) -> None:
    """Bring each catalogue (or those of the rooms named) up to date; used translations are kept."""
    for room in rooms():
        if names and room.name not in names:
            continue
        found = collect(room)
        path = catalogue(room)
        if not len(found) and not path.exists():
            continue
        kept = read(path) if path.exists() else Catalog(locale="id")
        kept.update(found, no_fuzzy_matching=True)
        kept.obsolete.clear()
        text = BytesIO()
        write_po(text, kept, omit_header=False, width=100, include_lineno=False, sort_output=True)
        lines = text.getvalue().decode().splitlines(keepends=True)
        head = next(number for number, line in enumerate(lines) if line.startswith("msgid"))
        first = next(
            number for number, line in enumerate(lines) if number > head and not line.strip()
        )
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(HEADER + "".join(lines[first:]), encoding="utf-8")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="id")


def compile_all(_names: list[str]) -> None:
    """Write the ``.mo`` beside each ``.po``; the site reads those."""
    for path in SOURCE.rglob("*.po"):
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))


PLACE = re.compile(r"%\((\w+)\)[sd]|{(\w+)}")


def places(text: str) -> set[str]:
    """The named places of a text, ``{ward}`` or ``%(ward)s``."""
    return {first or second for first, second in PLACE.findall(text)}


def untranslated(room: Path) -> Iterator[str]:
    """What a room says in English alone, or with other places than the English text has."""
    kept = read(catalogue(room)) if catalogue(room).exists() else Catalog(locale="id")
    for message in collect(room):
        if not message.id:
            continue
        where = message.locations[0][0] if message.locations else room.name
        known = kept.get(message.id, message.context)
        if known is None:
            yield f"{where}: not in the catalogue (make messages): {message.id!r}"
            continue
        texts = known.string if isinstance(known.string, tuple) else (known.string,)
        originals = message.id if isinstance(message.id, tuple) else (message.id,)
        if known.fuzzy or not all(texts):
            yield f"{where}: not translated: {message.id!r}"
        elif places(texts[0]) != places(originals[-1]):
            yield f"{where}: the translation has other places in it: {message.id!r}"


def said_twice(paths: Iterable[Path]) -> Iterator[str]:
    """The same text translated differently in two rooms: the site merges them and would show one."""
    known: dict[tuple[str, str | None], tuple[str, Path]] = {}
    for path in sorted(paths):
        for message in read(path):
            if not message.id or not message.string:
                continue
            text, said = ("\n".join(each) if isinstance(each, tuple) else str(each)
                          for each in (message.id, message.string))  # fmt: skip
            first, where = known.setdefault((text, message.context), (said, path))
            if said != first:
                rooms_of = f"{where.parents[3].name} and {path.parents[3].name}"
                yield f"{rooms_of} translate {text!r} differently: {first!r}, {said!r}"


HIDDEN = re.compile(r"""\bf["'].*\{_\(["']""")


def hidden(room: Path) -> Iterator[str]:
    """Texts inside an f-string: nothing collects them, so they would stay English."""
    for path in sorted(room.rglob("*.py")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if HIDDEN.search(line):
                yield f"{room.name}/{path.relative_to(room)}:{number}: a text inside an f-string"


def check(names: list[str]) -> None:
    """Everything that the site and the command line say has its Indonesian text, and only one."""
    wanted = [room for room in rooms() if not names or room.name in names]
    faults = [fault for room in wanted for fault in untranslated(room)]
    faults += [fault for room in wanted for fault in hidden(room)]
    faults += said_twice(SOURCE.rglob("*.po"))
    sys.exit("\n".join(faults) or 0)


if __name__ == "__main__":
    {"update": update, "compile": compile_all, "check": check}[sys.argv[1]](sys.argv[2:])
