"""How a page answers: it tries an action with what a form holds, and hands out papers."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from pendamping.kernel.ids import new_id
from pendamping.kernel.refusal import Reason, Refusal


class RequestField(forms.CharField):
    """A hidden id that is made with the form, so that sending it twice does it once."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=40, required=False, initial=new_id, **options)


class SeenField(forms.CharField):
    """A hidden mark of what the page showed (``kernel.seen``); a page prints the one of what is kept now."""

    widget = forms.HiddenInput

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=16, required=False, **options)


@dataclass(frozen=True, slots=True)
class Attempt:
    """Whether an action was done, and what it made; else the reasons against it (none: not tried)."""

    done: bool = False
    made: Any = None
    reasons: list[Reason] = field(default_factory=list)


def said_of(data: Mapping[str, Any], name: str) -> dict[str, str]:
    """What a form that was sent says in its fields ``<name>_<id>``, by id; empty fields too.

    It holds those of whom the form no longer asks, because something changed since its page was made.

    >>> said_of({"paid_A": "5.000", "paid_B": "", "on": "2004-05-10"}, "paid")
    {'A': '5.000', 'B': ''}
    """
    first = f"{name}_"
    return {key.removeprefix(first): data[key] for key in data if key.startswith(first)}


def attempt(form: forms.BaseForm, act: Callable[..., Any], **given: Any) -> Attempt:
    """Do an action with what a form holds, where the form was sent and is valid.

    ``given`` is what the page itself knows (``by``, ``ward``, the record). A form whose fields are not
    named as the action names them has a method ``arguments`` that says what it hands over.
    """
    if not form.is_valid():
        return Attempt()
    said = form.arguments() if hasattr(form, "arguments") else form.cleaned_data
    return carry_out(act, **given, **{**request_of(form), **said})


def request_of(form: forms.BaseForm) -> dict[str, Any]:
    """The hidden id of a form that has one, as an action takes it."""
    sent = getattr(form, "cleaned_data", {})
    return {"request_id": sent["request_id"]} if "request_id" in sent else {}


def carry_out(act: Callable[..., Any], **given: Any) -> Attempt:
    """Do an action that needs no form."""
    try:
        return Attempt(done=True, made=act(**given))
    except Refusal as refusal:
        return Attempt(reasons=refusal.reasons)


def answer_pdf(content: bytes, name: str) -> HttpResponse:
    """A paper as the answer to a request, opened in the browser under its own name."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return response


def part_asked(request: HttpRequest) -> bool:
    """Whether the page that stands asks for a part of itself, and not for another page or itself again."""
    asked = getattr(request, "htmx", None)
    return bool(asked) and not (asked.boosted or asked.history_restore_request)


def address(request: HttpRequest, name: str, **record: str) -> str:
    """The whole address of a record's page in the request's ward, for the code on its paper."""
    ward = request.ward.code  # type: ignore[attr-defined]
    return request.build_absolute_uri(reverse(name, kwargs={"ward": ward, **record}))
