"""What a file of a transcript, of notes or of a document says, as plain text."""

import io
import zipfile
from zlib import error as Broken

from pendamping.kernel.refusal import N_, Refusal, refuse

MOST_BYTES = 8_000_000  # of a file, and of what is packed in it


def text_of(name: str, content: bytes) -> str:
    """The text of a ``.txt`` or ``.docx`` file; refuses what is neither, too large or not whole."""
    if len(content) > MOST_BYTES:
        raise _refused(N_("{file} is larger than {bytes} bytes."), name)
    if name.lower().endswith(".docx"):
        return _docx(name, content)
    if name.lower().endswith((".txt", ".md")):
        return _plain(name, content)
    raise _refused(
        N_("{file} cannot be read here: take a .txt or .docx file, or paste the text."), name
    )


def _refused(text: str, name: str) -> Refusal:
    return refuse("evidence.file", text, file=name, bytes=MOST_BYTES, where={"field": "file"})


def _plain(name: str, content: bytes) -> str:
    """UTF-8, with or without a mark; UTF-16 with one."""
    coding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return content.decode(coding)
    except UnicodeDecodeError:
        text = N_("{file} is no text in UTF-8: save it as UTF-8, or paste the text.")
        raise _refused(text, name) from None


def _docx(name: str, content: bytes) -> str:
    """Paragraphs and tables in their order, a line each."""
    from docx import Document  # takes a tenth of a second to load
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table
    from lxml.etree import XMLSyntaxError

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(one.file_size for one in packed.infolist()) > MOST_BYTES:
                raise _refused(N_("{file} is larger than {bytes} bytes."), name)
        document = Document(io.BytesIO(content))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, XMLSyntaxError, Broken):
        raise _refused(N_("{file} is no whole .docx file."), name) from None
    lines = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += [" · ".join(cell.text for cell in row.cells) for row in block.rows]
        else:
            lines.append(block.text)
    return "\n".join(lines)
