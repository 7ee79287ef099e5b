"""A peer of ``bench post``: the entry of an instalment by django-hordak, with settings of its own.

``python -m pendamping.bench.post_hordak ADDRESS NUMBER`` in a process of its own, since its tables and ours do
not share one set of settings: so many transactions of two legs each, checked by hordak's own triggers. No
allocation, no payment, no card, no trail. Prints how many it made a second. PostgreSQL alone, as hordak is.
"""

import importlib.util
import os
import subprocess
import sys
from datetime import date
from time import perf_counter

MODULE = "pendamping.bench.post_hordak"


def missing(vendor: str) -> str:
    """Why it cannot be measured here; empty where it can."""
    if vendor != "postgresql":
        return "hordak needs PostgreSQL"
    return "" if importlib.util.find_spec("hordak") else "hordak is not installed"


def rate(number: int) -> float:
    """Its transactions a second, in the database that the environment names."""
    words = [sys.executable, "-m", MODULE, os.environ["DATABASE_URL"], str(number)]
    environment = {name: v for name, v in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    done = subprocess.run(words, capture_output=True, text=True, check=False, env=environment)
    if done.returncode:
        raise RuntimeError(f"hordak: {done.stderr[-2000:]}")
    return float(done.stdout)


def _start(address: str) -> None:
    """hordak alone, its tables in the database at this address."""
    import dj_database_url
    import django
    from django.conf import settings
    from django.core.management import call_command

    settings.configure(
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "mptt", "hordak"],
        DATABASES={"default": dj_database_url.parse(address)},
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        DEFAULT_CURRENCY="IDR",
        HORDAK_INTERNAL_CURRENCY="IDR",
        CURRENCIES=["IDR"],
        USE_TZ=True,
    )
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)


def _post(number: int) -> float:
    from django.db import transaction
    from hordak.models import Account, Leg, Transaction
    from moneyed import Money

    def account(name: str, kind: str, code: str) -> Account:
        found = Account.objects.filter(name=name).first()
        return found or Account.objects.create(name=name, type=kind, code=code, currencies=["IDR"])

    cash, income = account("cash", "AS", "1"), account("service income", "IN", "4")

    def one() -> None:
        with transaction.atomic():
            entry = Transaction.objects.create(date=date(2004, 6, 1), description="instalment")
            Leg.objects.create(transaction=entry, account=cash, debit=Money(100, "IDR"))
            Leg.objects.create(transaction=entry, account=income, credit=Money(100, "IDR"))

    one()
    began = perf_counter()
    for _ in range(number):
        one()
    return number / (perf_counter() - began)


if __name__ == "__main__":
    _start(sys.argv[1])
    print(_post(int(sys.argv[2])))
