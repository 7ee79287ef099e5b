"""What the environment says: where things are kept, which database, which language.

``PENDAMPING_HOME``: the folder of the embedded database and all files. Default ``var/`` in a
checkout, the user's data folder otherwise. ``DATABASE_URL``: another database
(``postgresql://user:password@host:port/name`` or ``sqlite:///path``). ``PENDAMPING_LANG``:
``id`` (default) or ``en``. Nothing is written outside these.
"""

import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

PACKAGE = Path(__file__).resolve().parent.parent


class WrongEnvironment(Exception):
    """A setting in the environment cannot be used; says which and why."""


def home() -> Path:
    """The folder that holds everything this server writes; made where missing, private."""
    named = os.environ.get("PENDAMPING_HOME")
    folder = Path(named).expanduser() if named else _default_home()
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise WrongEnvironment(f"PENDAMPING_HOME={folder}: {error.strerror}") from error
    return folder.resolve()


def temporary(folder: Path) -> Path:
    """Where uploads and other work lie while they are worked on: in ``PENDAMPING_HOME`` too, private."""
    place = folder / "tmp"
    try:
        place.mkdir(exist_ok=True, mode=0o700)
    except OSError as error:
        raise WrongEnvironment(f"PENDAMPING_HOME={folder}: tmp: {error.strerror}") from error
    return place


def keep_temporary(place: Path) -> None:
    """Let this process, its libraries and the processes that it starts write temporary files there."""
    tempfile.tempdir = str(place)
    os.environ["TMPDIR"] = str(place)


def _default_home() -> Path:
    checkout = PACKAGE.parent.parent
    if (checkout / "pyproject.toml").exists():
        return checkout / "var"
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "pendamping"


def secret(folder: Path) -> str:
    """The server's secret: ``PENDAMPING_SECRET``, or a private file made on first use."""
    if given := os.environ.get("PENDAMPING_SECRET"):
        return given
    path = folder / "secret"
    try:
        with suppress(FileExistsError):
            _write_private(path, secrets.token_urlsafe(48))
        return path.read_text().strip()
    except OSError as error:
        raise WrongEnvironment(f"PENDAMPING_HOME={folder}: secret: {error.strerror}") from error


def _write_private(path: Path, text: str) -> None:
    """A new file that its owner alone may read; refuses one that is there."""
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(text)


def keep_private(settings: Mapping[str, Any]) -> None:
    """Make the file of an embedded database before SQLite does, which would let everybody read it."""
    if settings["ENGINE"].endswith("sqlite3"):
        with suppress(OSError):  # it is there; or what stands in the way is said when it is opened
            _write_private(Path(settings["NAME"]), "")


def language() -> str:
    """``id`` or ``en``."""
    chosen = os.environ.get("PENDAMPING_LANG", "id")
    if chosen not in {"id", "en"}:
        raise WrongEnvironment(f"PENDAMPING_LANG={chosen}: id or en")
    return chosen


def proxies() -> int:
    """How many proxies of ours stand in front (``PENDAMPING_PROXIES``)."""
    said = os.environ.get("PENDAMPING_PROXIES", "0")
    if not (said.isascii() and said.isdigit()):
        raise WrongEnvironment(f"PENDAMPING_PROXIES={said}: a number, 0 or more")
    return int(said)


def source_url() -> str:
    """Where the running source is published, if elsewhere than on the server itself."""
    url = os.environ.get("PENDAMPING_SOURCE_URL", "").strip()
    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.netloc):
        raise WrongEnvironment(f"PENDAMPING_SOURCE_URL={url}: an address with https:// or http://")
    return url


def database(folder: Path) -> dict[str, Any]:
    """Django's settings of the one database."""
    url = os.environ.get("DATABASE_URL", "")
    parts = urlsplit(url)
    if parts.scheme in {"postgresql", "postgres"}:
        return _postgres(parts)
    if parts.scheme == "sqlite":
        return _sqlite(Path(unquote(parts.path)))
    if url:
        raise WrongEnvironment(f"DATABASE_URL: {parts.scheme or url!r} is not postgresql or sqlite")
    return _sqlite(folder / "pendamping.sqlite3")


def _postgres(parts: Any) -> dict[str, Any]:
    try:
        port = parts.port or ""
    except ValueError as error:
        raise WrongEnvironment(f"DATABASE_URL: {error}") from error
    query = dict(pair.split("=", 1) for pair in parts.query.split("&") if "=" in pair)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(query.get("host", parts.hostname or "")),
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "OPTIONS": {
            # a writer takes the lock at once: no deadlock on upgrade, two treasurers queue up
            "transaction_mode": "IMMEDIATE",
            "timeout": 30,
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
                "PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;"
                "PRAGMA trusted_schema=ON;"  # a trigger of the books asks for foreign_keys
            ),
        },
        "CONN_MAX_AGE": 60,
    }
