"""A photograph for everybody: the picture alone, without what a phone writes beside it (place, time, device).

Sources: JPEG, ITU-T T.81 annex B; Exif 2.3, 4.6 (tag 274, orientation); PNG, W3C, chapter 5.
"""

from collections.abc import Iterator

MOST_BYTES = 1_000_000
PNG = b"\x89PNG\r\n\x1a\n"
_PNG_KEPT = {b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"pHYs", b"sBIT", b"bKGD"}
_EXIF, _ICC = b"Exif\x00\x00", b"ICC_PROFILE\x00"
_START, _END, _SCAN, _EXIF_AT = 0xD8, 0xD9, 0xDA, 0xE1


def plain_photo(content: bytes) -> tuple[str, bytes] | None:
    """``("jpeg" or "png", the picture)``, turned as it was taken; ``None`` for what is no whole picture of these."""
    try:
        if content.startswith(PNG):
            return "png", _plain_png(content)
        if content.startswith(b"\xff\xd8\xff"):
            return "jpeg", _plain_jpeg(content)
    except (IndexError, ValueError):
        pass
    return None


def _plain_png(content: bytes) -> bytes:
    out, at, drawn = bytearray(PNG), len(PNG), False
    while True:
        long = int.from_bytes(_piece(content, at, 4))
        name = _piece(content, at + 4, 4)
        chunk = _piece(content, at, long + 12)
        if name[:1].isupper() or name in _PNG_KEPT:
            out += chunk
        at += len(chunk)
        drawn = drawn or name == b"IDAT"
        if name == b"IEND":
            return _drawn(out, drawn)


def _drawn(out: bytearray, drawn: bool) -> bytes:
    if not drawn:
        raise ValueError("a frame without a picture")
    return bytes(out)


def _piece(content: bytes, at: int, long: int) -> bytes:
    found = content[at : at + long]
    if len(found) != long:
        raise ValueError("cut short")
    return found


def _plain_jpeg(content: bytes) -> bytes:
    out, drawn = bytearray(b"\xff\xd8"), False
    for marker, segment in _segments(content):
        drawn = drawn or marker == _SCAN
        if marker == _EXIF_AT and segment[4:10] == _EXIF:
            out += _turned(segment[10:])
        elif _kept(marker, segment):
            out += segment
    return _drawn(out, drawn)


def _kept(marker: int, segment: bytes) -> bool:
    """All but what applications write beside the picture: only size, colours and their profile stay of it."""
    if marker == 0xE2:
        return segment[4:].startswith(_ICC)
    return marker in (0xE0, 0xEE) or not (0xE0 <= marker <= 0xEF or marker == 0xFE)


def _segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and bytes of each segment up to the end of the picture; a scan has its data with it."""
    at = 2
    while True:
        if content[at] != 0xFF:
            raise ValueError("no marker")
        while content[at + 1] == 0xFF:
            at += 1
        marker = content[at + 1]
        if marker == _END:
            yield marker, b"\xff\xd9"
            return
        until = at + 2 + int.from_bytes(_piece(content, at + 2, 2))
        if marker == _SCAN:
            until = _after_scan(content, until)
        yield marker, _piece(content, at, until - at)
        at = until


def _after_scan(content: bytes, at: int) -> int:
    """Where the next marker stands that is no part of the scan's data."""
    while True:
        at = content.index(b"\xff", at)
        if content[at + 1] != 0 and content[at + 1] != 0xFF and not 0xD0 <= content[at + 1] <= 0xD7:
            return at
        at += 1


def _turned(exif: bytes) -> bytes:
    """A segment that says how the picture is turned, and nothing else; empty where it is upright."""
    little = exif[:2] == b"II"

    def number(at: int, long: int) -> int:
        return int.from_bytes(_piece(exif, at, long), "little" if little else "big")

    first = number(4, 4)
    for entry in range(number(first, 2)):
        at = first + 2 + entry * 12
        if number(at, 2) == 274 and 2 <= number(at + 8, 2) <= 8:
            turned = number(at + 8, 2).to_bytes(2)
            said = b"MM\x00*\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01" + turned
            return b"\xff\xe1\x00\x22" + _EXIF + said + b"\x00\x00" + b"\x00" * 4
    return b""
