"""Pure rules of a study: places in a text, the codebook, triangulation, why something cannot be entered."""

from pendamping.evidence.rules.codebook import (
    AGAINST,
    FOR,
    GROUPS,
    OVERCOME,
    PROCESS,
    SENSES,
    Standard,
    factor_key,
    guid_of,
    meaning,
    meanings,
    standard,
)
from pendamping.evidence.rules.problems import (
    KNOWS,
    code_problems,
    coding_problems,
    informant_problems,
    source_problems,
    text_problems,
)
from pendamping.evidence.rules.texts import Span, cleaned, fits, joined, moved, pieces, sentences
from pendamping.evidence.rules.triangulation import KINDS, Cell, Said, Triangle, beside, triangulate

__all__ = [
    "AGAINST", "FOR", "GROUPS", "KINDS", "KNOWS", "OVERCOME", "PROCESS", "SENSES", "Cell", "Said", "Span",
    "Standard", "Triangle", "beside", "cleaned", "code_problems", "coding_problems", "factor_key", "fits",
    "guid_of", "informant_problems", "joined", "meaning", "meanings", "moved", "pieces", "sentences",
    "source_problems", "standard", "text_problems", "triangulate",
]  # fmt: skip
