"""``python -m pendamping`` is ``pendamping``."""

import sys

from pendamping.cli.main import main

sys.exit(main())
