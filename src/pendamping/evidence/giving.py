"""A ward's study as a REFI-QDA project, from the tables."""

from datetime import UTC, datetime
from typing import Any

from lxml import etree

from pendamping.evidence import rules
from pendamping.evidence.facts import study
from pendamping.evidence.models import Code, Informant, Kept, KeptFile, Memo, Passage, Source, Tie
from pendamping.evidence.rules import qda
from pendamping.kernel.refusal import N_, refuse


def project(ward: str) -> qda.Project:
    """Everything of a study, each record under its GUID; refuses a ward without one."""
    found = study(ward)
    if found is None:
        raise refuse("evidence.begun", N_("No study was begun here yet."))
    rest = found.rest or {}
    made = qda.Project(
        name=found.name,
        attributes=dict(rest.get("attributes", {"origin": "Pendamping"})),
        children=tuple(rest.get("children", ())),
    )
    _Giving(ward, made).everything()
    return made


def wards() -> list[str]:
    """The wards with a study; ``""`` is the server's own."""
    from pendamping.evidence.models import Study

    return list(Study.objects.order_by("ward").values_list("ward", flat=True))


def _rest(said: dict[str, Any], own: dict[str, str]) -> qda.Rest:
    """What stands beside; of a record of ours who made it and when."""
    if said:
        return qda.Rest(said.get("attributes", {}), tuple(said.get("children", ())))
    return qda.Rest(own)


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class _Giving:
    """A project while it is filled."""

    def __init__(self, ward: str, made: qda.Project) -> None:
        self.ward, self.made = ward, made
        self.users: dict[str, str] = {}
        self.guids: dict[str, str] = {}  # "code:<id>" → GUID

    def everything(self) -> None:
        """Codes, informants, sources with their places, memos, ties, what was kept."""
        self._codes()
        for one in Informant.objects.filter(ward=self.ward).order_by("code"):
            said = {"who": one.who, "knows": one.knows, "sex": one.sex}
            row = qda.InformantRow(
                one.guid, one.code, one.criterion, {key: value for key, value in said.items() if value or key == "knows"}
            )  # fmt: skip
            self.made.informants.append(row)
        found = Source.objects.filter(ward=self.ward).select_related("informant", "user")
        rows = found.prefetch_related("passages__codings__code", "passages__codings__user", "passages__user")  # fmt: skip
        self.made.sources = [self._source(one) for one in rows.order_by("id")]
        memos = Memo.objects.filter(ward=self.ward).select_related("user").order_by("id")
        self.made.notes = [self._note(one) for one in memos]
        self._ties()
        self._kept()

    def _by(self, user: Any, at: datetime) -> dict[str, str]:
        guid = rules.guid_of(f"user/{user.username}")
        self.users.setdefault(guid, user.name)
        return {"creatingUser": guid, "creationDateTime": _moment(at)}

    def _codes(self) -> None:
        """Parents first: by their place among those beside them."""
        below: dict[str | None, list[Code]] = {}
        for one in Code.objects.filter(ward=self.ward).order_by("order", "id"):
            below.setdefault(one.parent_id, []).append(one)
            self.guids[f"code:{one.id}"] = one.guid
        waiting = list(below.get(None, ()))
        while waiting:
            one = waiting.pop(0)
            parent = self.guids[f"code:{one.parent_id}"] if one.parent_id else ""
            self.made.codes.append(
                qda.CodeRow(one.guid, parent, one.name, one.codable, one.colour, one.note, _rest(one.rest, {}))
            )  # fmt: skip
            waiting += below.get(one.id, [])

    def _source(self, one: Source) -> qda.SourceRow:
        self.guids[f"source:{one.id}"] = one.guid
        rest = _rest(one.rest, {} if one.rest else self._by(one.user, one.entered_at))
        selections = [self._selection(each) for each in sorted(one.passages.all(), key=lambda each: each.id)]  # fmt: skip
        return qda.SourceRow(
            one.guid, one.rest.get("name") or one.title, one.text, one.rest.get("path", ""),
            tuple(each for each in selections if each), _said(one),
            one.informant.guid if one.informant else "", rest,
        )  # fmt: skip

    def _selection(self, one: Passage) -> qda.SelectionRow | None:
        """A place with the codes that it has; one that lost them all is left out."""
        self.guids[f"passage:{one.id}"] = one.guid
        every = sorted(one.codings.all(), key=lambda each: each.id)
        stand = [each for each in every if each.withdrawn_on is None]
        if every and not stand:
            return None
        codings = tuple(
            qda.CodingRow(each.guid, each.code.guid, _rest(each.rest, {} if each.rest else self._by(each.user, each.entered_at)))
            for each in stand
        )  # fmt: skip
        rest = _rest(one.rest, {} if one.rest else self._by(one.user, one.entered_at))
        return qda.SelectionRow(one.guid, one.start, one.end, codings, rest)

    def _note(self, one: Memo) -> qda.NoteRow:
        about = [
            f"{key.partition(':')[0]}:{self.guids[key]}" for key in one.about if key in self.guids
        ]
        rest = _rest(one.rest, {} if one.rest else self._by(one.user, one.entered_at))
        return qda.NoteRow(
            one.guid, one.name, one.text, one.rest.get("path", ""), tuple(about), rest
        )

    def _ties(self) -> None:
        given = {each.guid for one in self.made.sources for each in one.selections}
        found = Tie.objects.filter(passage__source__ward=self.ward, withdrawn_on__isnull=True)
        ties: dict[str, tuple[str, ...]] = {}
        for one in found.select_related("passage").order_by("id"):
            if one.passage.guid in given:
                ties[one.record] = (*ties.get(one.record, ()), one.passage.guid)
        self.made.ties = ties

    def _kept(self) -> None:
        kept = {
            (one.part, qda.same(one.guid)): one for one in Kept.objects.filter(ward=self.ward).order_by("id")
        }  # fmt: skip
        self.made.kept = [qda.Kept(one.part, one.guid, one.xml) for one in kept.values()]
        known = {guid for part, guid in kept if part == "Users"}
        for guid, name in sorted(self.users.items()):
            if guid not in known:
                user = etree.Element("User", guid=guid, name=name)
                self.made.kept.append(qda.Kept("Users", guid, etree.tostring(user, encoding="unicode")))  # fmt: skip
        files = KeptFile.objects.filter(ward=self.ward).order_by("path")
        self.made.files = {one.path: bytes(one.content) for one in files}


def _said(one: Source) -> dict[str, str]:
    """Values of our own variables; of a text from another tool of which nothing was said here, none."""
    said = {
        "kind": one.kind,
        "day": one.on.isoformat() if one.on else "",
        "place": one.place,
        "interviewer": one.interviewer,
        "consent": "true" if one.consent else "",
    }
    found = {key: value for key, value in said.items() if value}
    plain = found == {"kind": "document"} and one.informant_id is None
    return {} if plain and one.rest.get("imported") else found
