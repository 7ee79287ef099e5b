from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from pendamping.access.answers import said_of
from pendamping.funds.ledger.fields import DayField, RequestField, RupiahField
from pendamping.funds.loans import sheets
from pendamping.funds.loans.rules.sheet import FROM_RESERVE, OTHERS
from pendamping.funds.loans.sheets import Facts

COVERS = (1, 2)
"""So many who cover one member fit on a line; more of them: all others alike."""


class SheetForm(forms.Form):
    """The sheet of one or several groups: for each member what she pays and saves, who covers for her.

    Fields are called by loan and member (ADR 0049): who joins or leaves meanwhile moves no sum to another.
    """

    request_id = RequestField()
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, facts: Sequence[Facts], **more: Any) -> None:
        super().__init__(*args, **more)
        self.facts = list(facts)
        for key, one, person in self._lines():
            borrows = person in one.group.left
            if borrows:
                due = one.due.get(person) or None
                self.fields[f"paid_{key}"] = RupiahField(
                    label=_("Pays herself"), required=False, initial=due
                )
            self.fields[f"saved_{key}"] = RupiahField(label=_("Saves"), required=False)
            for slot in COVERS if borrows else ():
                self.fields[f"by_{key}_{slot}"] = forms.ChoiceField(
                    label=_("Covered by"), required=False, choices=self._who(one, person)
                )
                self.fields[f"amount_{key}_{slot}"] = RupiahField(
                    label=_("Covered amount"), required=False
                )

        for place, field in enumerate(self.fields.values()):
            # the id of the box on its page, which the label names; what is sent goes by loan and member
            field.widget.attrs.setdefault("id", "box" + str(place))

    def _lines(self) -> Iterator[tuple[str, Facts, str]]:
        for one in self.facts:
            for person in one.group.names:
                yield f"{one.loan.id}_{person}", one, person

    def clean(self) -> dict[str, Any]:
        """Something was typed for a member who is none on this day any more: say so, drop nothing unsaid."""
        for one in self.facts:
            if gone := sheets.left_since(one, self._typed_for(one)):
                text = gettext(
                    "No longer a member of %(group)s on this day, and taken off the sheet: %(names)s."
                )
                names = {"group": one.loan.group_name, "names": ", ".join(gone)}
                self.add_error(None, text % names)
        return self.cleaned_data

    def _typed_for(self, one: Facts) -> set[str]:
        """Ids of those of a group for whom something is typed."""
        return {
            key.partition("_")[0]
            for name in ("paid", "saved", "by", "amount")
            for key, text in said_of(self.data, f"{name}_{one.loan.id}").items()
            if text.strip()
        }

    @staticmethod
    def _who(one: Facts, person: str) -> list[tuple[str, str]]:
        found = [("", "–")]
        if len(one.group.left) > 1:
            found.append((OTHERS, gettext("all the others alike")))
        if one.group.reserve > 0:
            found.append((FROM_RESERVE, gettext("the joint savings")))
        return found + [(key, name) for key, name in one.group.names.items() if key != person]

    def groups(self) -> list[dict[str, Any]]:
        """Per group its facts and lines: name, due, the bound fields, and whether it is covered."""
        found = []
        for one in self.facts:
            lines = [
                self._line(f"{one.loan.id}_{person}", one, person) for person in one.group.names
            ]
            found.append({"facts": one, "lines": lines})
        return found

    def _line(self, key: str, one: Facts, person: str) -> dict[str, Any]:
        rows = [
            (self[f"by_{key}_{slot}"], self[f"amount_{key}_{slot}"])
            for slot in COVERS
            if f"by_{key}_{slot}" in self.fields
        ]
        used = [bool(by.value() or amount.value()) for by, amount in rows]
        covers = rows[: 1 + sum(used)]  # an empty row more than are used: the page stays light
        return {
            "name": one.group.names[person],
            "due": one.due.get(person, 0),
            "borrows": person in one.group.left,
            "paid": self[f"paid_{key}"] if f"paid_{key}" in self.fields else None,
            "saved": self[f"saved_{key}"],
            "covers": covers,
            "open": any(used),
        }

    def arguments(self) -> list[dict[str, Any]]:
        """What ``loans.actions.record_sheet`` takes as its groups."""
        data = self.cleaned_data
        found: dict[str, list[dict[str, Any]]] = {one.loan.id: [] for one in self.facts}
        for key, one, person in self._lines():
            covers = [
                {"by": data[f"by_{key}_{slot}"], "amount": data[f"amount_{key}_{slot}"] or 0}
                for slot in COVERS
                if data.get(f"by_{key}_{slot}") or data.get(f"amount_{key}_{slot}")
            ]
            found[one.loan.id].append(
                {
                    "person": person,
                    "paid": data.get(f"paid_{key}") or 0,
                    "saved": data[f"saved_{key}"] or 0,
                    "covers": covers,
                }
            )
        return [{"loan": loan, "lines": lines} for loan, lines in found.items()]


class PayBackForm(forms.Form):
    """A member gives back what was paid for her; ``pair`` is ``debtor|creditor``."""

    pair = forms.ChoiceField(label=_("Who gives back to whom"))
    amount = RupiahField(label=_("Amount"))
    on = DayField(label=_("Given back on"))
    request_id = RequestField()

    def __init__(self, *args: Any, pairs: Sequence[tuple[str, str]], **more: Any) -> None:
        super().__init__(*args, **more)
        self.fields["pair"].choices = list(pairs)

    def arguments(self) -> dict[str, Any]:
        """What ``loans.actions.pay_back`` takes."""
        debtor, _bar, creditor = self.cleaned_data["pair"].partition("|")
        rest = {name: self.cleaned_data[name] for name in ("amount", "on", "request_id")}
        return {"debtor": debtor, "creditor": creditor, **rest}
