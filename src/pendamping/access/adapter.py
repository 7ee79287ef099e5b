"""How the login library meets this house: nobody signs up by themselves; log-ins leave a trail."""

import ipaddress
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from pendamping.access import actions, secrecy


class NoSignup(DefaultAccountAdapter):
    """People come by invitation."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": gettext_lazy("The user name or the password is not right."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        super().login(request, user)
        actions.record_login(by=user)

    def get_client_ip(self, request: HttpRequest) -> str:
        """The address that tries are counted by: of IPv6 the whole /64 that one line is given."""
        found = super().get_client_ip(request)
        address = ipaddress.ip_address(found)
        if isinstance(address, ipaddress.IPv4Address):
            return str(address)
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(ipaddress.ip_network((address, 64), strict=False).network_address)


class SealedSecondStep(DefaultMFAAdapter):
    """The secret of the phone and the seed of the recovery codes lie sealed in the database."""

    def encrypt(self, text: str) -> str:
        return secrecy.seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        return secrecy.reveal(encrypted_text)
