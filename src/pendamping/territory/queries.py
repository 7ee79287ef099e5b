"""Reading regions and wards. Nothing here is personal, so nothing is scoped."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db.models import QuerySet

from pendamping.kernel import clock
from pendamping.territory.models import Area, Change, Neighbourhood, Ward
from pendamping.territory.rules import contains, name_key


def area(code: str) -> Area | None:
    """The region with this official code."""
    return Area.objects.filter(pk=code).first()


def in_force() -> dict[str, str]:
    """Every region that has not ceased, ``{code: name}``."""
    return dict(Area.objects.filter(until__isnull=True).values_list("code", "name"))


def path(code: str) -> list[Area]:
    """The region and all above it, from the province down."""
    parts = code.split(".")
    codes = [".".join(parts[: depth + 1]) for depth in range(len(parts))]
    return list(Area.objects.filter(pk__in=codes).order_by("code"))


def children(code: str, on: date | None = None) -> list[Area]:
    """The regions directly below, as of a day."""
    day = on or clock.today()
    below = Area.objects.filter(parent=code).order_by("code")
    return [area for area in below if area.until is None or area.until > day]


# what people write before a name; and how many regions of one beginning are looked through
LEVEL_WORDS = frozenset(
    ["kelurahan", "kel", "desa", "kecamatan", "kec", "kota", "kabupaten", "kab", "provinsi", "prov"]
)
MOST_NAMED = 500


def search(text: str, level: str | None = None, limit: int = 20) -> list[Area]:
    """Regions by name or code; homonyms come with their code, so look at ``path`` of each."""
    found = Area.objects.filter(until__isnull=True).order_by("code")
    if level:
        found = found.filter(level=level)
    key = name_key(text)
    if text[:1].isdigit():
        return list(found.filter(code__startswith=text.strip())[:limit])
    if not key:
        return []
    exact = list(found.filter(name_key=key)[:limit])
    begins = found.filter(name_key__startswith=key).exclude(name_key=key)
    return exact + list(begins[: limit - len(exact)]) or _within(text, found, limit)


def _within(text: str, found: QuerySet[Area], limit: int) -> list[Area]:
    """Regions by their name and words of those above them: "cipaku bogor", "empang kec. bogor selatan"."""
    words = [key for word in text.split() if (key := name_key(word)) and key not in LEVEL_WORDS]
    for at in range(len(words) - 1, 0, -1):
        some = list(found.filter(name_key__startswith="".join(words[:at]))[:MOST_NAMED])
        above = {area.code: _codes_above(area.code) for area in some}
        codes = {code for each in above.values() for code in each}
        names = dict(Area.objects.filter(code__in=codes).values_list("code", "name_key"))
        fitting = [
            area
            for area in some
            if all(any(word in names.get(c, "") for c in above[area.code]) for word in words[at:])
        ]
        if fitting:
            return fitting[:limit]
    return []


def _codes_above(code: str) -> list[str]:
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def history(code: str) -> list[Change]:
    """What became of a code, oldest first."""
    return list(Change.objects.filter(code=code).order_by("on", "pk"))


def successors(code: str) -> list[str]:
    """The codes that came after a split; the code itself where there was none."""
    after = Change.objects.filter(code=code, kind="split").order_by("successor")
    return [change.successor for change in after] or [code]


def ward(code: str) -> Ward | None:
    """A ward of the programme; a practice ward that was put away is none any more."""
    return Ward.objects.filter(pk=code, put_away_on__isnull=True).first()


def for_practice_alone() -> bool:
    """Whether a case is loaded whose logins everybody knows: wards opened beside it are for practice too."""
    return Ward.objects.filter(practice_today__isnull=False, practice_of="").exists()


def names(codes: Collection[str]) -> dict[str, str]:
    """The official name of each of these codes that is one, of whatever time."""
    return dict(Area.objects.filter(code__in=codes).values_list("code", "name"))


def unknown_wards(codes: Collection[str]) -> set[str]:
    """Those of these codes that are no ward: neither an official one, of whatever time, nor one that takes
    part here (a practice ward has a code of its own).
    """
    official = Area.objects.filter(code__in=codes, level="ward").values_list("code", flat=True)
    here = Ward.objects.filter(code__in=codes).values_list("code", flat=True)
    return set(codes) - set(official) - set(here)


def is_put_away(code: str) -> bool:
    """Whether this was a practice ward that was begun anew: nobody does anything there any more."""
    return Ward.objects.filter(pk=code, put_away_on__isnull=False).exists()


def begun_anew(code: str) -> Ward | None:
    """The practice ward that is open in place of one that was put away."""
    old = Ward.objects.filter(pk=code, put_away_on__isnull=False).first()
    return practice_ward(old.practice_of) if old else None


def practice_ward(of: str) -> Ward | None:
    """The practice ward that is open beside a ward."""
    return Ward.objects.filter(practice_of=of, put_away_on__isnull=True).first()


def wards(areas: Iterable[str]) -> list[Ward]:
    """The programme's wards within any of the areas (``""`` is the country), by code; a practice ward
    follows the ward beside which it was opened, those that were put away are left out."""
    scopes, found = list(areas), Ward.objects.filter(put_away_on__isnull=True).order_by("code")
    return [w for w in found if any(contains(s, w.code) for s in scopes)]


def practice_date(code: str) -> date | None:
    """Where a practice ward's clock stands; ``None`` for a ward of real life."""
    found = ward(code)
    return found.practice_today if found else None


def neighbourhoods(ward: str) -> list[Neighbourhood]:
    """The RTs of a ward, by RW and RT."""
    return list(Neighbourhood.objects.filter(ward=ward).order_by("rw", "rt"))
