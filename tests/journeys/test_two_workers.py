"""The processes that answer keep apart: what one asks of the database never reaches another."""

import urllib.request
from concurrent.futures import ThreadPoolExecutor

REQUESTS = 300
AT_ONCE = 12


def test_no_connection_crosses_from_one_worker_to_another(site):
    def ask(_number):
        with urllib.request.urlopen(f"{site.url}/readyz", timeout=30) as answer:
            return answer.status

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert set(pool.map(ask, range(REQUESTS))) == {200}
