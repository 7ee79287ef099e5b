"""Collect and compile each room's message catalogue: ``messages.py update|compile``.

Each room keeps its own ``locale/id/LC_MESSAGES/django.po``. English is the text in the code.
"""

import sys
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


def update() -> None:
    """Bring each catalogue up to date; translations that are still used are kept."""
    for room in rooms():
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
        body = [
            line
            for line in lines
            if not line.startswith(('"POT-Creation', '"PO-Revision', '"Generated-By'))
        ]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(body), encoding="utf-8")


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale="id")


def compile_all() -> None:
    """Write the ``.mo`` beside each ``.po``; the site reads those."""
    for path in SOURCE.rglob("*.po"):
        with path.with_suffix(".mo").open("wb") as file:
            write_mo(file, read(path))


if __name__ == "__main__":
    {"update": update, "compile": compile_all}[sys.argv[1]]()
