from django.db import models
from django.db.models import F, Q

from pendamping.trail.records import Record

KINDS = ("interview", "observation", "document")


class Study(Record):
    """A ward's study; ``ward`` is empty for one of the server itself, brought in from a file.

    ``rest``, here and below: what a REFI-QDA file says of it that has no column of its own, as it stood there.
    """

    ward = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=300)
    begun_on = models.DateField()
    entered_at = models.DateTimeField()
    rest = models.JSONField(default=dict)


class Code(Record):
    """A code of the codebook, a tree. ``key``: of a code that every study begins with; empty for own ones."""

    ward = models.CharField(max_length=20)
    guid = models.CharField(max_length=38)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="below")
    key = models.CharField(max_length=80, blank=True)
    name = models.CharField(max_length=300)
    note = models.TextField(blank=True)  # when it is used
    codable = models.BooleanField(default=True)
    colour = models.CharField(max_length=7, blank=True)
    order = models.PositiveIntegerField()
    entered_at = models.DateTimeField()
    rest = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "guid"], name="evidence_code_guid"),
            models.CheckConstraint(condition=~Q(name=""), name="evidence_code_name"),
        ]


class Informant(Record):
    """Somebody who was chosen by a stated criterion, known by a code; the name lies apart."""

    ward = models.CharField(max_length=20)
    guid = models.CharField(max_length=38)
    code = models.CharField(max_length=20)  # I-03
    criterion = models.CharField(max_length=300)
    who = models.CharField(max_length=120)  # part in the programme; names nobody
    knows = models.CharField(max_length=40)  # policy;preparation;results
    sex = models.CharField(max_length=1, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "code"], name="evidence_informant_code"),
            models.UniqueConstraint(fields=["ward", "guid"], name="evidence_informant_guid"),
        ]


class InformantName(Record):
    """The name of an informant, sealed with the server's secret; it never leaves in a package."""

    informant = models.OneToOneField(Informant, on_delete=models.PROTECT, related_name="name")
    sealed = models.TextField()


class Source(Record):
    """A text as it was said, seen or written; a corrected one is another that takes its place."""

    ward = models.CharField(max_length=20)
    guid = models.CharField(max_length=38)
    kind = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    on = models.DateField(null=True)
    place = models.CharField(max_length=200, blank=True)
    informant = models.ForeignKey(
        Informant, on_delete=models.PROTECT, null=True, related_name="sources"
    )
    interviewer = models.CharField(max_length=120, blank=True)
    consent = models.BooleanField(default=False)  # to be quoted, by code
    text = models.TextField()
    seal = models.CharField(max_length=64)  # SHA-256 of the text
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="replaced_by"
    )
    user = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_on = models.DateField()
    entered_at = models.DateTimeField()
    rest = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["ward", "kind", "id"], name="evidence_source_list")]
        constraints = [
            models.UniqueConstraint(fields=["ward", "guid"], name="evidence_source_guid"),
            models.CheckConstraint(condition=Q(kind__in=KINDS), name="evidence_source_kind"),
        ]


class Passage(Record):
    """A place in a source, in code points from 0, its end not included."""

    source = models.ForeignKey(
        Source, on_delete=models.PROTECT, related_name="passages", db_index=False
    )
    guid = models.CharField(max_length=38)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    user = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField()
    rest = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "guid"], name="evidence_passage_guid"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="evidence_passage_place"),
        ]


class Coding(Record):
    """A passage has a code, until it is taken back."""

    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, related_name="codings", db_index=False
    )
    code = models.ForeignKey(Code, on_delete=models.PROTECT, related_name="codings")
    guid = models.CharField(max_length=38)
    on = models.DateField()
    user = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True)
    rest = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["passage", "id"], name="evidence_coding_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "code"],
                condition=Q(withdrawn_on__isnull=True),
                name="evidence_coding_once",
            ),
        ]


class Memo(Record):
    """A thought of who analyses, on a code, a source or a passage."""

    ward = models.CharField(max_length=20)
    guid = models.CharField(max_length=38)
    about = models.JSONField()  # ["code:<id>", "source:<id>", "passage:<id>"]
    name = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    on = models.DateField()
    user = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField()
    rest = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "guid"], name="evidence_memo_guid"),
        ]


class Tie(Record):
    """A passage is about a record of the programme: ``meeting:<id>``, ``group:<id>``, ``stage:<key>`` …"""

    passage = models.ForeignKey(
        Passage, on_delete=models.PROTECT, related_name="ties", db_index=False
    )
    record = models.CharField(max_length=80)
    on = models.DateField()
    user = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["passage", "record"],
                condition=Q(withdrawn_on__isnull=True),
                name="evidence_tie_once",
            ),
        ]


class Kept(Record):
    """What a REFI-QDA file holds that this room does not show, as XML; it is given out again. The latest counts."""

    ward = models.CharField(max_length=20)
    part = models.CharField(max_length=20)  # the element that holds it: Sets, Cases, Graphs …
    guid = models.CharField(max_length=38)
    xml = models.TextField()
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ward", "part", "id"], name="evidence_kept_list")]


class KeptFile(Record):
    """A file of a project, by its place in it."""

    ward = models.CharField(max_length=20)
    path = models.CharField(max_length=300)
    content = models.BinaryField()
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ward", "path"], name="evidence_file_path"),
        ]


class Taken(Record):
    """A REFI-QDA file that was taken in: what it was called, what it brought, what was said of it."""

    ward = models.CharField(max_length=20)
    file = models.CharField(max_length=200)
    seal = models.CharField(max_length=64)  # SHA-256 of its bytes
    counts = models.JSONField()
    told = models.JSONField()  # [[text, values], …]
    on = models.DateField()
    user = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ward", "id"], name="evidence_taken_list")]


class Paragraph(Record):
    """What who analyses wrote in a part of the report; the latest counts."""

    ward = models.CharField(max_length=20)
    part = models.CharField(max_length=60)
    text = models.TextField()
    on = models.DateField()
    user = models.ForeignKey(
        "access.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entered_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["ward", "part", "id"], name="evidence_paragraph_list")]
