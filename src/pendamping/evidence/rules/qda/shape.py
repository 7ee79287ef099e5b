"""What a REFI-QDA project or codebook holds, as this room reads and writes it.

Source: REFI-QDA standard 1.0 (schemas ``Project.xsd`` and ``Codebook.xsd`` of 18 March 2019). GUIDs stand as they
stood in the file; two are one where they differ in capitals or braces alone (:func:`same`).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from pendamping.evidence.rules.codebook import guid_of

PROJECT_SPACE, CODEBOOK_SPACE = "urn:QDA-XML:project:1.0", "urn:QDA-XML:codebook:1.0"

# our own variables, known by GUID on every server: key → type in the file
VARIABLES = {
    "kind": "Text", "day": "Date", "place": "Text", "interviewer": "Text", "consent": "Boolean",
    "who": "Text", "knows": "Text", "sex": "Text", "record": "Text",
}  # fmt: skip
OF_SOURCE = ("kind", "day", "place", "interviewer", "consent")
OF_INFORMANT = ("who", "knows", "sex")


def same(guid: str) -> str:
    """A GUID as it is compared: in capitals, without braces.

    >>> same("{2d2466f0-d77f-4f8c-bdf9-628966b6b74d}")
    '2D2466F0-D77F-4F8C-BDF9-628966B6B74D'
    """
    return guid.strip("{}").upper()


def variable_guid(key: str) -> str:
    """The GUID of one of our variables."""
    return guid_of(f"variable/{key}")


@dataclass(frozen=True, slots=True)
class Rest:
    """What stands in an element besides what is read: attributes, and child elements as XML without namespace."""

    attributes: Mapping[str, str] = field(default_factory=dict)
    children: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CodeRow:
    """A code; ``parent``: the GUID of the code above it, or empty. Parents come first."""

    guid: str
    parent: str
    name: str
    codable: bool
    colour: str = ""
    note: str = ""
    rest: Rest = Rest()


@dataclass(frozen=True, slots=True)
class CodingRow:
    """A code that a selection has."""

    guid: str
    code: str
    rest: Rest = Rest()


@dataclass(frozen=True, slots=True)
class SelectionRow:
    """A place in a text, in code points, its end not included."""

    guid: str
    start: int
    end: int
    codings: tuple[CodingRow, ...] = ()
    rest: Rest = Rest()


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A text; ``path``: of the file in the project that holds it, empty where it stands in the XML.

    ``said``: values of our own variables; ``informant``: the GUID of the one that speaks, or empty.
    """

    guid: str
    name: str
    text: str
    path: str = ""
    selections: tuple[SelectionRow, ...] = ()
    said: Mapping[str, str] = field(default_factory=dict)
    informant: str = ""
    rest: Rest = Rest()


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A memo; ``about``: ``code:<guid>``, ``source:<guid>``, ``passage:<guid>``."""

    guid: str
    name: str
    text: str
    path: str = ""
    about: tuple[str, ...] = ()
    rest: Rest = Rest()


@dataclass(frozen=True, slots=True)
class InformantRow:
    """An informant, in the file a case named by the informant's code."""

    guid: str
    code: str
    criterion: str
    said: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Kept:
    """An element that this room does not show, as XML without namespace; ``part``: the element that holds it."""

    part: str
    guid: str
    xml: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something to be told of a file that was read: a text with places, and the element it is about."""

    text: str
    values: Mapping[str, object]


@dataclass(slots=True)
class Project:
    """A whole project, or a codebook alone. ``ties``: record of the programme → GUIDs of selections."""

    name: str = ""
    attributes: dict[str, str] = field(default_factory=dict)
    codes: list[CodeRow] = field(default_factory=list)
    sources: list[SourceRow] = field(default_factory=list)
    notes: list[NoteRow] = field(default_factory=list)
    informants: list[InformantRow] = field(default_factory=list)
    ties: dict[str, tuple[str, ...]] = field(default_factory=dict)
    kept: list[Kept] = field(default_factory=list)
    files: dict[str, bytes] = field(default_factory=dict)
    children: tuple[str, ...] = ()
    told: list[Note] = field(default_factory=list)
