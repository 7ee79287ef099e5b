"""Rendering a room's typst template with data; nothing is put together as typst text."""

import io
import json
from collections.abc import Mapping
from datetime import datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import segno
import typst

from pendamping.kernel import clock
from pendamping.kernel.money import unbroken

PACKAGE = Path(__file__).resolve().parent.parent
MARKED = PACKAGE / "paper" / "marked.typ"


@cache
def _compiler(template: Path) -> typst.Compiler:
    """A compiler per template: it keeps its fonts, so that the second paper takes milliseconds."""
    return typst.Compiler(str(template), root=str(PACKAGE))


def render(template: Path, data: Mapping[str, Any], lang: str = "id") -> bytes:
    """A room's ``papers/*.typ`` as PDF.

    ``data`` reaches the template as JSON under ``sys.inputs.data``: whatever it holds is text, never
    markup, so a name with ``#`` or ``$`` prints as it is; amounts are not broken over two
    lines. ``lang`` (``id`` or ``en``) reaches it as
    ``sys.inputs.lang``. Within a practice ward's day every page is marked LATIHAN. Templates lie
    inside the package and may import ``/paper/base.typ``. Raises
    ``typst.TypstError`` where the template itself is wrong.
    """
    text = json.dumps(data, ensure_ascii=False, default=str)
    inputs = {"data": unbroken(text), "lang": lang}
    whole = template.resolve()
    if (
        clock.practising()
    ):  # the same paper, marked; typst forgets a source given as bytes after once
        inputs["template"] = "/" + whole.relative_to(PACKAGE).as_posix()
        whole = MARKED
    pdf: bytes = _compiler(whole).compile(format="pdf", sys_inputs=inputs, timestamp=_stamp())
    return pdf


def _stamp() -> int:
    """The day of the clock as the file's own date, in seconds: what is printed twice on a day is the same file."""
    return int(datetime.combine(clock.today(), time(), clock.JAKARTA).timestamp())


def qr_svg(text: str) -> str:
    """A QR code (error level M, with its quiet zone) as SVG text; put it on paper or into a page."""
    out = io.BytesIO()
    segno.make(text, error="m", micro=False).save(
        out, kind="svg", xmldecl=False, svgns=True, omitsize=True, border=2
    )
    return out.getvalue().decode()
