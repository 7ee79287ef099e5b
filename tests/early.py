"""Read before Django's settings: tests write into folders of their own and share one secret.

The first process of a run makes the folder that all its workers share (``tests/journeys/prepared.py``
copies databases from it), and removes it in the end; each worker's own folder lies in it.
"""

import os
import tempfile

if "PENDAMPING_TESTS_SHARED" not in os.environ:
    os.environ["PENDAMPING_TESTS_SHARED"] = tempfile.mkdtemp(prefix="pendamping-tests-")
    os.environ["PENDAMPING_TESTS_OWNER"] = str(os.getpid())
os.environ["PENDAMPING_HOME"] = tempfile.mkdtemp(
    prefix="home-", dir=os.environ["PENDAMPING_TESTS_SHARED"]
)
os.mkdir(os.path.join(os.environ["PENDAMPING_HOME"], "static"))  # the site warns where it is not
os.environ.setdefault("PENDAMPING_SECRET", "a secret for tests alone")
os.environ.pop("PENDAMPING_LANG", None)
