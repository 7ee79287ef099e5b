"""XML of a file, read without trust: no entities, no network, and every element named by its own name alone."""

import re
from collections.abc import Collection, Iterator

from lxml import etree  # type: ignore[import-untyped]

from pendamping.evidence.rules.qda.packing import refused
from pendamping.evidence.rules.qda.shape import Rest, same
from pendamping.kernel.refusal import N_, Refusal

GUID = re.compile(r"\{[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\}|[0-9A-Fa-f]{8}(-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}")  # fmt: skip
_DOCTYPE = re.compile(rb"(?:\s|<\?.*?\?>|<!--.*?-->)*<!DOCTYPE", re.DOTALL)
_SPACE = re.compile(r"urn:QDA-XML:(project|codebook):[0-9.:]+")


class Reader:
    """The elements of one file; every refusal names the file and the element."""

    def __init__(self, name: str, content: bytes) -> None:
        self.name = name
        self.seen: set[str] = set()
        self.root = self._root(content)
        self.space = etree.QName(self.root).namespace or ""
        for one in self.root.iter():
            if isinstance(one.tag, str):
                one.tag = etree.QName(one).localname
                for key in [key for key in one.attrib if key[0] == "{"]:  # where a schema lies
                    del one.attrib[key]
        etree.cleanup_namespaces(self.root)

    def _root(self, content: bytes) -> etree._Element:
        plain = content.removeprefix(b"\xef\xbb\xbf")
        if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
            plain = content.decode("utf-16", errors="ignore").encode()
        if _DOCTYPE.match(plain):
            raise refused(N_("{file} declares entities of its own; such a file is not read."), self.name, "entities")  # fmt: skip
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
        )  # fmt: skip
        try:
            root = etree.fromstring(content, parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            text = N_("{file} is not well-formed XML: {why}")
            raise refused(text, self.name, "xml", why=str(error)) from None
        if not _SPACE.fullmatch(etree.QName(root).namespace or ""):
            text = N_("{file} is no REFI-QDA file: it begins with “{element}”.")
            raise refused(text, self.name, "root", element=etree.QName(root).localname)
        return root

    def wrong(self, one: etree._Element, clause: str, text: str, **values: object) -> Refusal:
        """A refusal about an element: its name, GUID and line."""
        line = one.sourceline or 0
        return refused(
            text, self.name, clause, element=one.tag, guid=one.get("guid", ""), number=line, **values
        )  # fmt: skip

    def guid(self, one: etree._Element, *, once: bool = True) -> str:
        """The GUID of an element, as it stands; refuses one that is none, or that another element has."""
        found = (one.get("guid") or "").strip()
        if not GUID.fullmatch(found):
            raise self.wrong(one, "guid", N_("{file}, line {number}: {element} has no valid GUID: “{guid}”."))  # fmt: skip
        key = same(found)
        if once and key in self.seen:
            raise self.wrong(one, "twice", N_("{file}, line {number}: the GUID of {element} stands there twice: {guid}."))  # fmt: skip
        if once:
            self.seen.add(key)
        return found

    def target(self, one: etree._Element) -> str:
        """What a reference points at."""
        found = (one.get("targetGUID") or one.get("guid") or "").strip()
        if not GUID.fullmatch(found):
            raise self.wrong(one, "guid", N_("{file}, line {number}: {element} has no valid GUID: “{guid}”."))  # fmt: skip
        return found


def children(one: etree._Element, *names: str) -> Iterator[etree._Element]:
    """The child elements of these names; all where none is named."""
    for child in one:
        if isinstance(child.tag, str) and (not names or child.tag in names):
            yield child


def text_of(one: etree._Element, name: str) -> str | None:
    """The text of a child element, or ``None`` where it is not there."""
    child = next(children(one, name), None)
    return None if child is None else "".join(child.itertext())


def rest_of(
    one: etree._Element, read: Collection[str], known: Collection[str], taken: Collection[str]
) -> tuple[Rest, list[str]]:
    """What an element says besides what was read: (kept, attributes that the standard does not know).

    ``read``: attributes that were read; ``known``: others of the standard; ``taken``: children that were read.
    """
    attributes = {key: str(value) for key, value in one.attrib.items() if key in known}
    strange = [key for key in one.attrib if key not in known and key not in read and key[0] != "{"]
    return Rest(attributes, tuple(raw(child) for child in children(one) if child.tag not in taken)), strange  # fmt: skip


def raw(one: etree._Element) -> str:
    """An element as XML without namespace, as it is kept."""
    return str(etree.tostring(one, encoding="unicode", with_tail=False))


def parsed(xml: str, space: str) -> etree._Element:
    """A kept element in the namespace of the file that is written."""
    found = etree.fromstring(xml)
    for one in found.iter():
        if isinstance(one.tag, str):
            one.tag = f"{{{space}}}{one.tag}"
    return found
