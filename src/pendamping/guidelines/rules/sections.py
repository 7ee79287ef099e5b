"""All sections in reading order."""

from pendamping.guidelines.rules.schema import index
from pendamping.guidelines.rules.schema_accompanying import ACCOMPANYING
from pendamping.guidelines.rules.schema_general import GENERAL
from pendamping.guidelines.rules.schema_planning import PLANNING
from pendamping.guidelines.rules.schema_technical import TECHNICAL

SECTIONS = index(GENERAL, PLANNING, ACCOMPANYING, TECHNICAL)
