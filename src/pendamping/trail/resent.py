"""A form that is sent again: what its first sending said and made, by the hidden id that it carries.

The action keeps, with the id, a mark of all that it was told. The same id with the same content is the same
sending, and gets what the first one made; with any other content it is refused, so that nothing that
somebody typed is dropped in silence.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from functools import cache
from hashlib import sha256
from inspect import signature
from typing import Any

from django.apps import apps
from django.core.files import File
from django.db import IntegrityError
from django.db.models import CharField, Model, Q
from django.utils.crypto import salted_hmac

from pendamping.kernel.refusal import Refusal, refuse

REQUEST = "request_id"
LONGEST = 40
CLAUSE = "trail.request"


def sent_before() -> Refusal:
    """A form that was sent before and says something else now."""
    return refuse(
        CLAUSE,
        "This form was sent before with other content, and what it said then is kept. Open a new form for "
        "what is to be recorded beside it.",
    )


def is_other(error: Exception) -> bool:
    """Whether a form was refused because it was sent before with other content."""
    return isinstance(error, Refusal) and any(one.clause == CLAUSE for one in error.reasons)


def told_aside(*names: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Arguments of an action that are no part of what a form says; stands below ``@action``."""

    def mark(function: Callable[..., Any]) -> Callable[..., Any]:
        function.told_aside = frozenset(names)  # type: ignore[attr-defined]
        return function

    return mark


def content(function: Callable[..., Any], given: Mapping[str, Any]) -> str:
    """The mark of what an action is told, by a key of the server: 64 digits that give nothing away.

    What is left out counts as what the action takes for it.
    """
    aside = {REQUEST, *getattr(function, "told_aside", ())}
    told = {**_defaults(function), **given}
    plain = [[name, _plain(told[name])] for name in sorted(told) if name not in aside]
    text = json.dumps(plain, ensure_ascii=False)
    return salted_hmac("trail.request", text, algorithm="sha256").hexdigest()


@cache
def _defaults(function: Callable[..., Any]) -> dict[str, Any]:
    given = signature(function).parameters.values()
    return {one.name: one.default for one in given if one.default is not one.empty}


def _plain(value: Any) -> Any:
    """A value as JSON writes it; values that differ differ here too."""
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if isinstance(value, Enum):
        return ["enum", _plain(value.value)]
    if isinstance(value, date | time):
        return ["when", value.isoformat()]
    if isinstance(value, Model):
        return ["record", _name(value)]
    if isinstance(value, bytes):
        return ["bytes", sha256(value).hexdigest()]
    if isinstance(value, File):
        return ["file", value.name, _bytes_of(value)]
    return _plain_many(value)


def _plain_many(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return [type(value).__name__, *(_plain(getattr(value, one.name)) for one in fields(value))]
    if isinstance(value, Mapping):
        pairs = [[_plain(key), _plain(one)] for key, one in value.items()]
        return ["by name", *sorted(pairs, key=json.dumps)]
    if isinstance(value, set | frozenset):
        return ["any order", *sorted((_plain(one) for one in value), key=json.dumps)]
    if isinstance(value, Sequence):
        return [_plain(one) for one in value]
    if isinstance(value, Decimal):
        return ["number", str(value)]
    raise TypeError(f"what a form says is not known to be compared: {type(value).__name__}")


def _bytes_of(file: File) -> str:  # type: ignore[type-arg]
    found = sha256()
    for part in file.chunks():
        found.update(part)
    file.seek(0)
    return found.hexdigest()


def _name(record: Model) -> str:
    return f"{record._meta.label_lower}:{record.pk}"


def keep(request: str, verb: str, mark: str, made: Any) -> None:
    """Keep what a form said and made, as a step of the open action; the database takes each once."""
    from pendamping.trail.models import Request

    if len(request) > LONGEST:
        raise refuse(CLAUSE, "This form cannot be sent so; open a new one.")
    many = made if isinstance(made, list | tuple) else [] if made is None else [made]
    names = " ".join(_name(one) for one in many)
    shape = "one" if isinstance(made, Model) else "none" if made is None else "many"
    Request.objects.create(request=request, verb=verb, content=mark, shape=shape, made=names)


def answer(request: str, verb: str, mark: str, error: Exception) -> Any:
    """What the form made when it was sent first; refused where it said something else then.

    ``error``: raised where the form was never sent.
    """
    from pendamping.trail.models import Request

    kept = Request.objects.filter(request=request, verb=verb).first()
    if kept is None:
        raise _without_mark(request, error) from error
    if kept.content != mark:
        raise sent_before() from error
    made = [_read(one) for one in kept.made.split()]
    if kept.shape == "none":
        return None
    return made[0] if kept.shape == "one" else made


def _without_mark(request: str, error: Exception) -> Exception:
    """What is said where no mark was kept: by the version before marks, or because nothing was sent.

    What was said then cannot be compared; what it made stands, and nothing comes beside it unseen.
    """
    made = _recorded(request) if isinstance(error, IntegrityError) else None
    if made is None:
        return error
    days = (getattr(made, name, None) for name in ("entered_on", "entered_at"))
    day = next((one for one in days if one is not None), None)
    if day is None:
        return refuse(
            CLAUSE,
            "This form is recorded already; nothing was recorded twice. Open a new form for what is to be "
            "recorded beside it.",
            where={"record": _name(made)},
        )
    return refuse(
        CLAUSE,
        "This form was recorded on {day} already; nothing was recorded twice. Look it up there; open a new "
        "form for what is to be recorded beside it.",
        day=day.date() if isinstance(day, datetime) else day,
        where={"record": _name(made)},
    )


def _recorded(request: str) -> Model | None:
    """The record that carries the id of a form: as its own, or beside it."""
    for model in _models().values():
        if model._meta.label != "trail.Request":
            texts = [one for one in model._meta.concrete_fields if isinstance(one, CharField)]
            keys = [
                one.name for one in texts if one.primary_key or one.name in ("request", REQUEST)
            ]
            asked = Q(*((key, request) for key in keys), _connector=Q.OR)
            if keys and (found := model._base_manager.filter(asked).first()):
                return found
    return None


@cache
def _models() -> dict[str, type[Model]]:
    return {model._meta.label_lower: model for model in apps.get_models()}


def _read(name: str) -> Model:
    label, _colon, key = name.partition(":")
    found = _models()[label]._base_manager.filter(pk=key).first()
    if found is None:  # taken away since: what it said is told nobody as if it stood
        raise sent_before()
    return found
