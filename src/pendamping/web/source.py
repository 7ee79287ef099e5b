"""The source of the running version, for everybody who uses it over the network (AGPL, section 13).

A server that runs changed code need do nothing: what it offers is what it runs. Where its source is
published elsewhere, ``PENDAMPING_SOURCE_URL`` says where, and the footer leads there.
"""

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from importlib.metadata import files, version
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from pendamping.web.environment import PACKAGE

# of a checkout: what is needed to build, test and change it; never what the server writes (var/)
FOLDERS = ("src", "docs", "requirements", "scripts", "tests")
LEFT_OUT = {"__pycache__", "node_modules", "var"}
EARLIEST = (1980, 1, 1, 0, 0, 0)  # the same source is the same file


def address() -> str:
    """Where the footer leads."""
    return str(settings.PENDAMPING_SOURCE_URL or reverse("source"))


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """The running source as a zip; elsewhere, where the server says that it is published there."""
    if settings.PENDAMPING_SOURCE_URL:
        return HttpResponseRedirect(settings.PENDAMPING_SOURCE_URL)
    name = f"pendamping-{version('pendamping')}-source.zip"
    return HttpResponse(
        packed(),
        content_type="application/zip",
        headers={
            "Content-Disposition": f'attachment; filename="{name}"',
            "Cache-Control": "public, max-age=3600",
        },
    )


@cache
def packed() -> bytes:
    """The zip, made on the first request: the code does not change while the process runs."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, path in sorted(members(PACKAGE)):
            entry = zipfile.ZipInfo(f"pendamping-source/{name}", EARLIEST)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, path.read_bytes())
    return out.getvalue()


def members(package: Path) -> Iterator[tuple[str, Path]]:
    """``(name in the zip, file)``: the checkout around the package, or the installed package with its
    licence and description."""
    checkout = package.parent.parent
    if (checkout / "pyproject.toml").exists():
        tops = (path for path in checkout.iterdir() if path.is_file())
        yield from ((path.name, path) for path in tops if _belongs(path, checkout))
        for folder in FOLDERS:
            yield from _below(checkout / folder, checkout)
        return
    yield from _below(package, package.parent)
    for found in files("pendamping") or []:
        if found.parts[0].endswith(".dist-info") and found.name in {"LICENSE", "METADATA"}:
            yield found.name, Path(str(found.locate()))


def _below(folder: Path, root: Path) -> Iterator[tuple[str, Path]]:
    for path in folder.rglob("*"):
        if path.is_file() and _belongs(path, root):
            yield path.relative_to(root).as_posix(), path


def _belongs(path: Path, root: Path) -> bool:
    """Not compiled, not hidden (a hidden file may hold a secret), not a database or a log."""
    parts = path.relative_to(root).parts
    hidden = any(part.startswith(".") for part in parts)
    return not (
        hidden
        or LEFT_OUT.intersection(parts)
        or path.is_symlink()
        or path.suffix in {".pyc", ".sqlite3", ".log", ".env", ".pem", ".key"}
    )
