"""The one permission table: every permission of the house and the roles that hold it.

A permission is ``<room>.<action>`` for a write (the verb that the trail keeps) and ``<room>.read`` for a page.
"""

from pendamping.access.permissions.community import COMMUNITY
from pendamping.access.permissions.money import MONEY
from pendamping.access.permissions.pages import PAGES

PERMISSIONS: dict[str, tuple[str, ...]] = PAGES | COMMUNITY | MONEY
