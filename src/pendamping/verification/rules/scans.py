"""What may be attached to a paper of a dossier. Pure: facts in, reasons out."""

from collections.abc import Collection

from pendamping.kernel.refusal import Reason

MOST = 1_000_000  # bytes of a picture
MAGIC = {b"\xff\xd8\xff": "jpeg", b"\x89PNG\r\n\x1a\n": "png", b"%PDF-": "pdf"}


def kind_of(content: bytes) -> str:
    """``jpeg``, ``png`` or ``pdf``, told by how the file begins; empty for anything else."""
    return next((kind for magic, kind in MAGIC.items() if content.startswith(magic)), "")


def scan_problems(paper: str, known: Collection[str], kept_at: str, content: bytes) -> list[Reason]:
    """Why this cannot be attached; ``known``: keys of the dossier's papers."""
    found = []
    if paper not in known:
        found.append(
            Reason(
                "verification.scan.paper",
                "The dossier has no such paper.",
                where={"field": "paper"},
            )
        )
    if content and (not kind_of(content) or len(content) > MOST):
        found.append(
            Reason(
                "verification.scan.file",
                "A scan is a JPEG, PNG or PDF file of at most 1 MB.",
                where={"field": "content"},
            )
        )
    if not content and not kept_at.strip():
        found.append(
            Reason(
                "verification.scan.nothing",
                "Say where the paper is kept, or choose a file.",
                where={"field": "kept_at"},
            )
        )
    return found
