"""Reading kiosks: which one is open, whose code it is, what was given on it."""

from django.conf import settings
from django.utils.crypto import salted_hmac

from pendamping.planning.models import Kiosk, KioskBallot, KioskStub, Station
from pendamping.planning.rules import codes


def _key() -> bytes:
    return salted_hmac("planning.kiosk", "code", secret=settings.SECRET_KEY).digest()


def code(station: Station, number: int) -> str:
    """What stands on the stub of a ballot."""
    return codes.code_of(_key(), station.id, number)


def number(station: Station, typed: str) -> int | None:
    """The ballot of the station whose code was typed and not used yet; nothing where it is none."""
    found = codes.number_of(_key(), station.id, typed)
    if found is None or not station.first <= found <= station.last:
        return None
    return None if KioskStub.objects.filter(station=station, number=found).exists() else found


def by_token(token: str) -> Kiosk | None:
    """The kiosk at an address."""
    return Kiosk.objects.filter(token=token).select_related("station__vote").first()


def running(station: Station) -> Kiosk | None:
    """The kiosk of a station that is open now."""
    return Kiosk.objects.filter(station=station, closed_at__isnull=True).first()


def given(station: Station) -> int:
    """How many gave their ballot at the kiosk."""
    return KioskBallot.objects.filter(station=station).count()


def is_open(kiosk: Kiosk) -> bool:
    """Whether it still takes ballots."""
    return kiosk.closed_at is None and kiosk.station.vote.status == "open"
