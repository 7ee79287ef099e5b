"""The scorecard on paper: empty sheets for the field, and the result as it is posted."""

from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext as _

from pendamping import paper
from pendamping.monitoring import cards, labels
from pendamping.monitoring.scorecard import Round

FOLDER = Path(__file__).parent / "papers"


def blank(one: Round, ward_name: str, address: str) -> bytes:
    """One page for each group: the statements, and boxes for the heads of each score."""
    with translation.override("id"):
        ward, day = one.round.ward, one.round.on
        statements = labels.named(ward, day, "scorecard_statements")
        groups = labels.named(ward, day, "scorecard_groups")
        data = {
            "title": _("Community scorecard"),
            "ward": ward_name,
            "note": _("Round %(number)s, opened on %(day)s")
            % {"number": one.round.number, "day": labels.day(day)},
            "how": _(
                "Read each statement aloud. Everybody shows a card or raises a hand once; count and write the number of"
                " people under their score. Write no names. Who does not want to answer need not."
            ),
            "group": _("Group"),
            "present": _("How many of the group were there"),
            "day": _("Date and place"),
            "statement": _("Statement"),
            "scores": [str(labels.SCORES[score]) for score in sorted(labels.SCORES)],
            "statements": [statements.get(key, key) for key in one.round.statements],
            "groups": [groups.get(key, key) for key in one.round.groups],
            "why": _("What people said about it, without names"),
            "signers": [_("Who counted"), _("Somebody of the group")],
            "qr": paper.qr_svg(address),
        }
        return paper.render(FOLDER / "blank_card.typ", data, lang="id")


def result(one: Round, ward_name: str, address: str) -> bytes:
    """The scores by group beside the round before, and what was promised, by role."""
    with translation.override("id"):
        ward = one.round.ward
        found = cards.table(ward, one, cards.before(ward, one))
        assert one.discussion is not None
        data = {
            "title": _("Community scorecard"),
            "ward": ward_name,
            "note": _("Round %(number)s, talked about on %(day)s")
            % {"number": one.round.number, "day": labels.day(one.discussion.on)},
            "columns": [_("Statement"), *[name for _key, name in found["columns"]]],
            "rows": [
                [row["name"], *[cell(row[key]) for key, _name in found["columns"]]]
                for row in found["rows"]
            ],
            "legend": legend(found["least"]),
            "promises_title": _("What was promised"),
            "promise_columns": [_("What will be done"), _("Who"), _("Until when"), _("State")],
            "promises": [
                [each.action.what, labels.role(each.action.role), labels.day(each.action.until),
                 str(labels.FOLLOWED[each.word][0])]
                for each in one.promises
            ],
            "qr": paper.qr_svg(address),
        }  # fmt: skip
        return paper.render(FOLDER / "card.typ", data, lang="id")


def cell(found: dict[str, str]) -> str:
    """A mean, with how it moved in brackets."""
    return f"{found['mean']} ({found['moved']})" if found["moved"] else found["mean"]


def legend(least: int) -> str:
    """What stands beneath a table of scores."""
    return _(
        "Mean of scores from 1 (very bad) to 5 (very good); in brackets how it moved since the round before. A dash: fewer"
        " than %(least)s answered. The groups overlap and are never added."
    ) % {"least": least}
