"""Which plain SQL writes to a room's table, whatever way it takes.

The whole text is searched, not its beginning alone: a write may stand behind another statement, in an
EXPLAIN that runs it, in a WITH or in a PREPARE. Values come as parameters, so a text that only speaks of
a write is nobody's. What runs code that cannot be read here (CALL, DO) and what nobody has looked at is
refused.
"""

import re
from functools import cache

from django.apps import apps

_SPACE = r"(?:\s|--[^\n]*(?:\n|$)|/\*.*?\*/)"
_NAME = r"[\"'`\[]?\w+[\"'`\]]?"
_TABLE = rf"(?:{_NAME}{_SPACE}*\.{_SPACE}*)*[\"'`\[]?(\w+)(?!\w)[\"'`\]]?(?!{_SPACE}*\.)"
_GAP = rf"(?:{_SPACE}+|(?=[\"'`\[]))"  # none is needed before a name in quotes
_FLAGS = re.IGNORECASE | re.DOTALL

_WRITES = re.compile(
    r"\b(?:(?:INSERT|REPLACE)(?:_OR_\w+)?_INTO|UPDATE(?:_OR_\w+)?|DELETE_FROM|MERGE_INTO|COPY)"
    r"".replace("_OR_", rf"{_SPACE}+OR{_SPACE}+").replace("_", f"{_SPACE}+")
    + rf"(?:{_SPACE}+ONLY(?:{_SPACE}*\({_SPACE}*|{_GAP})|{_GAP}){_TABLE}",
    _FLAGS,
)
_EMPTIES = re.compile(rf"\bTRUNCATE{_SPACE}+([^;]*)", _FLAGS)
_SHAPE = re.compile(
    rf"\b(?:DROP{_SPACE}+(?:TRIGGER|FUNCTION|ROUTINE|RULE|SCHEMA|OWNED|EXTENSION)"
    rf"|(?:DISABLE|ENABLE){_SPACE}+(?:REPLICA{_SPACE}+|ALWAYS{_SPACE}+)?(?:TRIGGER|RULE)"
    r"|session_replication_role|writable_schema)\b"
    rf"|\bset_config{_SPACE}*\({_SPACE}*(?!'TimeZone'){_SPACE}*"
    rf"|\bCREATE{_SPACE}+(?:OR{_SPACE}+REPLACE{_SPACE}+)?(?:(?:CONSTRAINT|TEMP|TEMPORARY){_SPACE}+)?"
    rf"(?:TRIGGER|FUNCTION|PROCEDURE|RULE)\b",
    _FLAGS,
)
_TABLES = re.compile(
    rf"\b(?:DROP|ALTER){_SPACE}+(?:FOREIGN{_SPACE}+)?TABLE{_SPACE}+([^;]*)", _FLAGS
)
_RUNS = re.compile(rf"(?:^|;){_SPACE}*(CALL|DO)\b", _FLAGS)
_FIRST = re.compile(rf"^[\s(;]*(?:{_SPACE}+)?[\s(;]*(\w+)", _FLAGS)
_DOLLARS = re.compile(r"\$(\w*)\$.*?\$\1\$", _FLAGS)
_TRIGGER = re.compile(
    r"^\s*CREATE\s+(?:(?:OR\s+REPLACE|CONSTRAINT|TEMP\w*)\s+)*TRIGGER\b[^;]*?\bON\b"
    r"(?:[^;]*?\bBEGIN\b.*?\bEND\b)?",
    _FLAGS,
)

_PLAIN = ("SELECT", "PRAGMA", "SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "SET ")
_KNOWN = frozenset(
    re.findall(
        r"[A-Z]+",
        """
        SELECT WITH VALUES TABLE EXPLAIN SHOW PRAGMA
        BEGIN START COMMIT END ROLLBACK ABORT SAVEPOINT RELEASE SET RESET LOCK
        DECLARE FETCH MOVE CLOSE LISTEN UNLISTEN NOTIFY DEALLOCATE DISCARD PREPARE EXECUTE
        INSERT REPLACE UPDATE DELETE MERGE TRUNCATE COPY
        CREATE ALTER DROP COMMENT GRANT REVOKE
        VACUUM ANALYZE REINDEX CLUSTER CHECKPOINT ATTACH DETACH REFRESH
        """,
    )
)
"""First words whose statements can be read: what they write is found by its table."""


@cache
def guarded_tables() -> frozenset[str]:
    """The tables of the rooms; tables of libraries (sessions, cache, queue) are their own."""
    own = (config for config in apps.get_app_configs() if config.name.startswith("pendamping."))
    return frozenset(
        model._meta.db_table
        for config in own
        for model in config.get_models(include_auto_created=True)
    )


def write(text: str) -> str:
    """The room's table to which a text writes, or the word that nobody can see through; empty: none."""
    if text.startswith(_PLAIN) and ";" not in text:
        return ""
    first = _FIRST.match(text)
    if first is None:
        return "" if not text.strip() else text[:20]
    word = first.group(1).upper()
    if word not in _KNOWN:
        return word
    if word == "CREATE":
        text = _TRIGGER.sub(" ", _DOLLARS.sub(" ", text))  # what it does when somebody else writes
    runs = _RUNS.search(text)
    return runs.group(1).upper() if runs else _written(text)


def _written(text: str) -> str:
    tables = guarded_tables()
    names = [found.group(1) for found in _WRITES.finditer(text)]
    for found in _EMPTIES.finditer(text):
        names += re.findall(r"\w+", found.group(1))
    hidden = re.search(r"\bU&\"", text, re.IGNORECASE)  # a name in escapes
    return next((name for name in names if name.lower() in tables), 'U&"' if hidden else "")


def shape(text: str) -> str:
    """What of the rooms' tables or their seals a text would take away, alter or switch off; empty: nothing.

    That is the work of migrations alone: its statements come through Django's editor of tables.
    """
    found = _SHAPE.search(text)
    if found:
        return " ".join(found.group(0).split())
    tables = guarded_tables()
    names = (name for one in _TABLES.finditer(text) for name in re.findall(r"\w+", one.group(1)))
    return next((name for name in names if name.lower() in tables), "")
