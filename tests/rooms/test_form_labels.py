"""Every box of every form has a name in words; an error never says what a field is called in the code."""

import importlib
import pkgutil

import pytest
from django import forms
from django.template import engines

import pendamping

NAMED_LATER = {
    # each gets its label where the form is made: it depends on what is asked
    "pendamping.funds.ledger.forms.VoucherForm.money",
    "pendamping.funds.ledger.forms.VoucherForm.other",
    "pendamping.households.event_forms.JoinForm.head_becomes",
}


def every_form():
    for module in pkgutil.walk_packages(pendamping.__path__, "pendamping."):
        if module.name.rpartition(".")[2].endswith("forms"):
            importlib.import_module(module.name)
    found, wait = set(), [forms.BaseForm]
    while wait:
        below = wait.pop().__subclasses__()
        found.update(below)
        wait += below
    return {one for one in found if one.__module__.startswith("pendamping.")}


def test_every_visible_box_has_a_label_of_its_own():
    known = every_form()
    assert len(known) > 60
    nameless = {
        f"{form.__module__}.{form.__qualname__}.{name}"
        for form in known
        for name, field in getattr(form, "base_fields", {}).items()
        if field.label is None and not field.widget.is_hidden
    }
    assert nameless == NAMED_LATER


class Sent(forms.Form):
    amount = forms.IntegerField(widget=forms.HiddenInput)


@pytest.mark.django_db
def test_an_error_of_a_hidden_box_is_said_without_the_name_in_the_code():
    form = Sent({"amount": "x"})
    template = engines["jinja2"].from_string(
        '{% import "web/components.html" as ui with context %}{{ ui.errors(form) }}'
    )
    said = template.render({"form": form})
    assert "Yang dibawa halaman ini" in said
    assert "amount" not in said.lower()
