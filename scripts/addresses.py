"""Write ``docs/addresses.md``: every address, its name and who may pass."""

import os
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "docs" / "addresses.md"
HEAD = """# Addresses

Written by `make addresses`; a test holds it to the site. The roles hold their permission in the area and
the term for which they were given; `<ward>` is an official code (`32.71.01.1003`). What somebody may not
see answers 403, or sends to the login.

| address | name | who may pass |
|---|---|---|
"""


def page() -> str:
    """The page as it should be; needs Django to be set up."""
    from tests.architecture.test_addresses import addresses

    from pendamping.access.gate import PUBLIC, SIGNED_IN
    from pendamping.access.rules import PERMISSIONS, ROLES

    rows = []
    for name, route, view in addresses():
        gate = getattr(view, "gate", "?")
        roles = PERMISSIONS.get(gate, ())
        who = "every role" if set(roles) == set(ROLES) else ", ".join(roles)
        said = {PUBLIC: "everybody", SIGNED_IN: "whoever has logged in"}.get(
            gate, f"`{gate}`: {who}"
        )
        shown = route.replace("<str:", "<").replace("<slug:", "<").replace("<int:", "<")
        rows.append(f"| `/{shown}` | `{name}` | {said} |")
    return HEAD + "\n".join(sorted(rows)) + "\n"


def main() -> None:
    os.environ["PENDAMPING_HOME"] = tempfile.mkdtemp(prefix="pendamping-addresses-")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pendamping.web.settings")
    sys.path.insert(0, str(ROOT))
    import django

    django.setup()
    TARGET.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
