"""Step by step of taking a REFI-QDA project in: each record is known by its GUID, or made."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from pendamping.access.models import User
from pendamping.evidence import labels, rules
from pendamping.evidence.actions.sources import seal_of
from pendamping.evidence.models import (
    Code,
    Coding,
    Informant,
    Kept,
    KeptFile,
    Memo,
    Passage,
    Source,
    Tie,
)
from pendamping.evidence.rules import qda
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, Reason
from pendamping.kernel.texts import fitting, shortened


def _rest(one: qda.Rest, **more: Any) -> dict[str, Any]:
    return {"attributes": dict(one.attributes), "children": list(one.children), **more}


class Arriving:
    """What a file brings into a ward's study; ``reasons``: why it cannot, ``told``: what is to be known."""

    def __init__(self, by: User, ward: str, file: str) -> None:
        self.by, self.ward, self.file = by, ward, file
        self.reasons: list[Reason] = []
        self.told: list[qda.Note] = []
        self.counts: dict[str, int] = {}
        self._codes: dict[str, Code] = {}
        self._informants: dict[str, Informant] = {}
        self._sources: dict[str, Source] = {}
        self._passages: dict[str, Passage] = {}

    def _more(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1

    def _other(self, element: str, guid: str, name: str) -> None:
        text = N_("{file}: {element} {guid} ({name}) is here already and says something else.")
        values = {"file": self.file, "element": element, "guid": guid, "name": name}
        self.reasons.append(Reason("evidence.qda.other", text, values, values))

    def codes(self, rows: Iterable[qda.CodeRow]) -> None:
        """Codes, parents first; one whose name was changed elsewhere keeps its name here, which is told."""
        here = Code.objects.filter(ward=self.ward).order_by("order")
        self._codes = {qda.same(one.guid): one for one in here}
        last = max((one.order for one in here), default=0)
        keys = {one.guid: one.key for one in rules.standard(labels.known_factors(self.ward))}
        made = []
        for row in rows:
            key = qda.same(row.guid)
            if found := self._codes.get(key):
                self._named_otherwise(found, row)
                continue
            last += 1
            self._codes[key] = Code(
                ward=self.ward, guid=row.guid, parent=self._codes.get(qda.same(row.parent)) if row.parent else None,
                key=keys.get(key, ""), name=fitting(row.name, 300), note=row.note, codable=row.codable, colour=row.colour,
                order=last, entered_at=clock.now(), rest=_rest(row.rest),
            )  # fmt: skip
            made.append(self._codes[key])
            self._more("codes")
        Code.objects.bulk_create(made)

    def _named_otherwise(self, found: Code, row: qda.CodeRow) -> None:
        if found.name != row.name:
            text = N_("{element} {guid} is called “{name}” in the file and “{here}” here; the name here stands.")  # fmt: skip
            values = {"element": "Code", "guid": row.guid, "name": row.name, "here": found.name}
            self.told.append(qda.Note(text, values))

    def informants(self, rows: Iterable[qda.InformantRow]) -> None:
        """Informants; where a code is taken by somebody else here, the file is refused."""
        here = list(Informant.objects.filter(ward=self.ward))
        self._informants = {qda.same(one.guid): one for one in here}
        codes = {one.code: one for one in here}
        for row in rows:
            key = qda.same(row.guid)
            if key in self._informants:
                continue
            if row.code in codes or not row.code:
                self._other("Case", row.guid, row.code)
                continue
            made = Informant.objects.create(
                ward=self.ward, guid=row.guid, code=fitting(row.code, 20), criterion=fitting(row.criterion, 300),
                who=fitting(row.said.get("who", ""), 120), knows=fitting(row.said.get("knows", ""), 40), sex=fitting(row.said.get("sex", ""), 1),
                entered_at=clock.now(),
            )  # fmt: skip
            self._informants[key] = codes[row.code] = made
            self._more("informants")

    def sources(self, rows: Iterable[qda.SourceRow]) -> None:
        """Texts with their places; a text that is here already must say the same, its new codes come in."""
        self._sources = {qda.same(one.guid): one for one in Source.objects.filter(ward=self.ward)}
        for row in rows:
            key = qda.same(row.guid)
            found = self._sources.get(key)
            if found is not None and found.text != row.text:
                self._other("TextSource", row.guid, row.name)
                continue
            if found is None:
                found = self._sources[key] = self._source(row)
                self._more("sources")
            self._selections(found, row.selections)

    def _source(self, row: qda.SourceRow) -> Source:
        said = row.said
        kind = said.get("kind", "document")
        rest = _rest(row.rest, imported=True, **({"path": row.path} if row.path else {}))
        if len(row.name) > 200:
            rest["name"] = row.name
        return Source.objects.create(
            ward=self.ward, guid=row.guid, kind=kind if kind in rules.KINDS else "document",
            title=shortened(row.name, 200), on=_day(said.get("day", "")),
            place=fitting(said.get("place", ""), 200), interviewer=fitting(said.get("interviewer", ""), 120),
            informant=self._informants.get(qda.same(row.informant)) if row.informant else None,
            consent=said.get("consent") in ("true", "1"), text=row.text, seal=seal_of(row.text), user=self.by,
            entered_on=clock.today(), entered_at=clock.now(), rest=rest,
        )  # fmt: skip

    def _selections(self, source: Source, rows: Iterable[qda.SelectionRow]) -> None:
        here = {qda.same(one.guid): one for one in source.passages.prefetch_related("codings")}
        made: list[Passage] = []
        codings: list[Coding] = []
        for row in rows:
            key = qda.same(row.guid)
            found = here.get(key)
            if found is not None and (found.start, found.end) != (row.start, row.end):
                self._other("PlainTextSelection", row.guid, f"{row.start}-{row.end}")
                continue
            known = {qda.same(one.guid) for one in found.codings.all()} if found else set()
            has = {one.code_id for one in found.codings.all() if one.withdrawn_on is None} if found else set()  # fmt: skip
            if found is None:
                found = Passage(
                    source=source, guid=row.guid, start=row.start, end=row.end, user=self.by,
                    entered_at=clock.now(), rest=_rest(row.rest, imported=True),
                )  # fmt: skip
                made.append(found)
                self._more("passages")
            self._passages[key] = found
            codings += self._new_codings(found, row.codings, known, has)
        Passage.objects.bulk_create(made)
        Coding.objects.bulk_create(codings)

    def _new_codings(
        self, passage: Passage, rows: Iterable[qda.CodingRow], known: set[str], has: set[str]
    ) -> list[Coding]:
        """Codes that a place does not have yet; the same code twice in one place is told."""
        found = []
        for row in rows:
            code = self._codes[qda.same(row.code)]
            if qda.same(row.guid) in known:
                continue
            if code.id in has:
                text = N_("{element} {guid}: the place has this code already; it was left out.")
                self.told.append(qda.Note(text, {"element": "Coding", "guid": row.guid}))
                continue
            has.add(code.id)
            found.append(
                Coding(passage=passage, code=code, guid=row.guid, on=clock.today(), user=self.by,
                       entered_at=clock.now(), rest=_rest(row.rest, imported=True))
            )  # fmt: skip
            self._more("codings")
        return found

    def notes(self, rows: Iterable[qda.NoteRow]) -> None:
        """Memos, each on what refers to it."""
        here = {qda.same(one.guid): one for one in Memo.objects.filter(ward=self.ward)}
        made = []
        for row in rows:
            found = here.get(qda.same(row.guid))
            if found is not None:
                if found.text != row.text:
                    self._other("Note", row.guid, row.name)
                continue
            rest = _rest(row.rest, imported=True, **({"path": row.path} if row.path else {}))
            about = [one for one in map(self._about, row.about) if one]
            made.append(
                Memo(ward=self.ward, guid=row.guid, about=about, name=fitting(row.name, 300), text=row.text,
                     on=clock.today(), user=self.by, entered_at=clock.now(), rest=rest)
            )  # fmt: skip
            self._more("memos")
        Memo.objects.bulk_create(made)

    def _about(self, said: str) -> str:
        kind, _colon, guid = said.partition(":")
        known: Mapping[str, Any] = {
            "code": self._codes,
            "source": self._sources,
            "passage": self._passages,
        }[kind]
        found = known.get(qda.same(guid))
        return f"{kind}:{found.id}" if found else ""

    def ties(self, said: Mapping[str, tuple[str, ...]]) -> None:
        """Places that are about records of the programme."""
        for record, guids in said.items():
            for guid in guids:
                passage = self._passages.get(qda.same(guid))
                if passage is None or passage.ties.filter(record=record).exists():
                    continue
                Tie.objects.create(
                    passage=passage, record=fitting(record, 80), on=clock.today(), user=self.by, entered_at=clock.now()
                )  # fmt: skip
                self._more("ties")

    def kept(self, rows: Iterable[qda.Kept], files: Mapping[str, bytes]) -> None:
        """What is not shown is kept as it stands; of two versions the later counts. A file must not differ."""
        here = {(one.part, qda.same(one.guid)): one.xml for one in Kept.objects.filter(ward=self.ward).order_by("id")}  # fmt: skip
        for row in rows:
            if here.get((row.part, qda.same(row.guid))) != row.xml:
                Kept.objects.create(
                    ward=self.ward,
                    part=row.part,
                    guid=row.guid,
                    xml=row.xml,
                    entered_at=clock.now(),
                )
                self._more("kept")
        known = {one.path: bytes(one.content) for one in KeptFile.objects.filter(ward=self.ward)}
        for path, content in files.items():
            if path not in known:
                KeptFile.objects.create(
                    ward=self.ward, path=path, content=content, entered_at=clock.now()
                )
                self._more("files")
            elif known[path] != content:
                self._other("file", "", path)


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        return None
