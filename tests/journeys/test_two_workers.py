"""The processes that answer keep apart: what one asks of the database never reaches another."""

import socket
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from urllib.parse import urlsplit

REQUESTS = 300
AT_ONCE = 12
SLOW = 6


def test_no_connection_crosses_from_one_worker_to_another(site):
    def ask(_number):
        with urllib.request.urlopen(f"{site.url}/readyz", timeout=30) as answer:
            return answer.status

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert set(pool.map(ask, range(REQUESTS))) == {200}


def test_slow_connections_hold_nobody_up(site):
    """Each of two workers gets some that have sent a letter and no more; who asks is answered all the same."""
    there = urlsplit(site.url)
    with ExitStack() as opened:
        for _slow in range(SLOW):
            line = opened.enter_context(socket.create_connection((there.hostname, there.port)))
            line.sendall(b"G")
        with urllib.request.urlopen(f"{site.url}/readyz", timeout=20) as answer:
            assert answer.status == 200
