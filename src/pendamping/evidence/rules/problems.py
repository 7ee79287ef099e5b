"""Why something cannot be entered."""

from collections.abc import Collection, Iterable
from datetime import date

from pendamping.evidence.rules.texts import MOST, Span, fits
from pendamping.evidence.rules.triangulation import KINDS
from pendamping.kernel.refusal import N_, Reason

KNOWS = ("policy", "preparation", "results")


def _reason(clause: str, text: str, field: str, **values: object) -> Reason:
    return Reason(f"evidence.{clause}", text, values, {"field": field})


def source_problems(
    kind: str, title: str, text: str, on: date | None, today: date, has_informant: bool
) -> list[Reason]:
    """Why a source cannot be taken in.

    >>> day = date(2005, 5, 1)
    >>> [one.clause for one in source_problems("interview", "", "", day, day, False)]
    ['evidence.title', 'evidence.text', 'evidence.informant']
    """
    found = []
    if kind not in KINDS:
        found.append(_reason("kind", N_("Say whether it is an interview, an observation or a document."), "kind"))  # fmt: skip
    if not title.strip():
        found.append(_reason("title", N_("Give the source a title."), "title"))
    found += text_problems(text)
    if on is not None and on > today:
        found.append(_reason("future", N_("{day} is still to come."), "on", day=on))
    if kind == "interview" and not has_informant:
        found.append(_reason("informant", N_("Say with which informant the interview was."), "informant"))  # fmt: skip
    return found


def text_problems(text: str) -> list[Reason]:
    """Why a text cannot be kept: nothing in it, too long, or a sign that no text has."""
    if not text.strip():
        return [_reason("text", N_("The text is empty: type it, paste it or upload a file."), "text")]  # fmt: skip
    found = []
    if len(text) > MOST:
        found.append(_reason("long", N_("The text has {length} signs, at most {most} fit: take it in as several sources."), "text", length=len(text), most=MOST))  # fmt: skip
    if any(ord(sign) < 32 and sign not in "\n\t" for sign in text):
        found.append(_reason("signs", N_("The text holds control signs: it is no plain text."), "text"))  # fmt: skip
    return found


def coding_problems(spans: Collection[Span], codes: Collection[str], length: int) -> list[Reason]:
    """Why a passage cannot be coded. ``codes``: those that may be used, of those that were chosen."""
    found = []
    if not spans:
        found.append(_reason("passage", N_("Choose what is to be coded: tick at least one sentence."), "s"))  # fmt: skip
    found += [
        _reason("place", N_("From sign {start} to {end}: the text has only {length}."), "s", start=start, end=end, length=length)
        for start, end in spans
        if not fits((start, end), length)
    ]  # fmt: skip
    if not codes:
        found.append(_reason("codes", N_("Choose at least one code."), "codes"))
    return found


def informant_problems(criterion: str, who: str, knows: Iterable[str]) -> list[Reason]:
    """Why an informant cannot be entered: the study chooses them by stated criteria."""
    found = []
    if not criterion.strip():
        found.append(_reason("criterion", N_("Say why this informant was chosen."), "criterion"))
    if not who.strip():
        found.append(_reason("who", N_("Say what part the informant has in the programme."), "who"))  # fmt: skip
    chosen = set(knows)
    if not chosen or not chosen <= set(KNOWS):
        found.append(_reason("knows", N_("Say what the informant knows: the policy, the preparation or the results."), "knows"))  # fmt: skip
    return found


def code_problems(name: str, beside: Iterable[str]) -> list[Reason]:
    """Why a code cannot be added. ``beside``: the names that stand under the same code above."""
    said = " ".join(name.split()).casefold()
    if not said:
        return [_reason("code_name", N_("Give the code a name."), "name")]
    if said in {one.casefold() for one in beside}:
        return [_reason("code_known", N_("There is a code of this name in the same place already."), "name")]  # fmt: skip
    return []
