"""Read before Django's settings: tests write into a folder of their own and share one secret."""

import os
import tempfile

os.environ["PENDAMPING_HOME"] = tempfile.mkdtemp(prefix="pendamping-test-")
os.mkdir(os.path.join(os.environ["PENDAMPING_HOME"], "static"))  # the site warns where it is not
os.environ.setdefault("PENDAMPING_SECRET", "a secret for tests alone")
os.environ.pop("PENDAMPING_LANG", None)
