"""Statements to PostgreSQL in one way there and back, by libpq's pipeline.

psycopg's own pipeline sends each statement by itself and looks for answers after each: with a dozen small
statements the server wakes and sleeps a dozen times, which takes longer than the statements. Here all of
them are handed to libpq first and sent together. Values are turned by psycopg's adapters, errors are
psycopg's errors, the transaction is the connection's own.
"""

import select
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from weakref import WeakKeyDictionary

from psycopg import Connection, OperationalError, errors, pq
from psycopg.adapt import PyFormat, Transformer

Rows = list[tuple[Any, ...]]
_Key = tuple[str, tuple[int, ...]]
_prepared: "WeakKeyDictionary[Connection[Any], dict[_Key, bytes]]" = WeakKeyDictionary()
"""By connection: a statement and the types of its values, to the name by which the server knows it."""


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement with its values as the server takes them; ``new``: it is to be prepared first."""

    key: _Key
    name: bytes
    new: bool
    values: Sequence[Any]
    formats: Sequence[Any]


def run(raw: "Connection[Any]", statements: Sequence[tuple[str, Sequence[Any]]]) -> list[Rows]:
    """Run (SQL with ``%s``, values) in their order; the rows of each, none for a write.

    Raises the first error; what follows it has not happened.
    """
    with raw.lock:
        known = _prepared.setdefault(raw, {})
        ready = _made_ready(raw, statements, known)
        answers: list[Any] | None = None
        try:
            begins, answers = _sent(raw, ready)
        finally:
            if answers is None:  # broken off: nobody knows what is still on its way
                raw.close()
    return _read(raw, ready, answers[begins:], known)


def _made_ready(
    raw: "Connection[Any]",
    statements: Sequence[tuple[str, Sequence[Any]]],
    known: dict[_Key, bytes],
) -> list[_Ready]:
    adapters, asked = Transformer(raw), dict(known)
    found = []
    for sql, values in statements:
        params = adapters.dump_sequence(values, [PyFormat.AUTO] * len(values))
        key = (sql, tuple(adapters.types or ()))
        new = key not in asked
        name = asked.setdefault(key, b"pendamping_%d" % len(asked))
        found.append(_Ready(key, name, new, params, adapters.formats or ()))
    return found


def _sent(raw: "Connection[Any]", ready: Sequence[_Ready]) -> tuple[int, list[Any]]:
    """Send everything; how many answers are those of a BEGIN, and every answer."""
    conn: Any = raw.pgconn
    begins = not raw.autocommit and conn.transaction_status == pq.TransactionStatus.IDLE
    conn.enter_pipeline_mode()
    if begins:
        conn.send_query_params(b"BEGIN", None)
    for one in ready:
        if one.new:
            conn.send_prepare(one.name, _numbered(one.key[0]), one.key[1])
        conn.send_query_prepared(one.name, one.values, param_formats=one.formats)
    conn.pipeline_sync()
    while conn.flush():
        _wait(conn, select.POLLIN | select.POLLOUT)
        conn.consume_input()
    answers = _answers(conn)
    conn.exit_pipeline_mode()
    return int(begins), answers


@cache
def _numbered(sql: str) -> bytes:
    first, *rest = sql.split("%s")
    return "".join([first, *(f"${at}{text}" for at, text in enumerate(rest, start=1))]).encode()


def _wait(conn: Any, what: int) -> None:
    waiting = select.poll()
    waiting.register(conn.socket, what)
    waiting.poll()


def _answers(conn: Any) -> list[Any]:
    """Every answer up to the end of the pipeline."""
    found: list[Any] = []
    while True:
        while conn.is_busy():
            _wait(conn, select.POLLIN)
            conn.consume_input()
        answer = conn.get_result()
        if answer is not None and answer.status == pq.ExecStatus.PIPELINE_SYNC:
            return found
        if answer is not None:
            found.append(answer)
        elif conn.status == pq.ConnStatus.BAD:
            raise OperationalError("the server has closed the connection")


def _read(
    raw: "Connection[Any]",
    ready: Sequence[_Ready],
    answers: Sequence[Any],
    known: dict[_Key, bytes],
) -> list[Rows]:
    coming, adapters = iter(answers), Transformer(raw)
    found = []
    for one in ready:
        if one.new:
            _sound(raw, next(coming))
            known[one.key] = one.name
        found.append(_rows(adapters, _sound(raw, next(coming))))
    return found


def _sound(raw: "Connection[Any]", answer: Any) -> Any:
    if answer.status in (pq.ExecStatus.COMMAND_OK, pq.ExecStatus.TUPLES_OK):
        return answer
    raise errors.error_from_result(answer, encoding=raw.info.encoding)


def _rows(adapters: Transformer, answer: Any) -> Rows:
    if answer.status != pq.ExecStatus.TUPLES_OK:
        return []
    adapters.set_pgresult(answer)
    return adapters.load_rows(0, answer.ntuples, tuple)
