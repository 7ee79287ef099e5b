"""Every address of the site. A room's own addresses stand in its ``urls``."""

from importlib import import_module
from importlib.util import find_spec

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as codes
from allauth.mfa.totp import views as totp
from django.urls import include, path

from pendamping.access.gate import public, signed_in
from pendamping.web import health, language, source, styleguide
from pendamping.web.rooms import ROOMS

handler403 = "pendamping.web.errors.forbidden"
handler404 = "pendamping.web.errors.not_found"
handler500 = "pendamping.web.errors.broken"

urlpatterns = [
    path("healthz", public(health.healthz), name="healthz"),
    path("readyz", public(health.readyz), name="readyz"),
    path("language", public(language.switch), name="language"),
    path("source.zip", public(source.download), name="source"),
    path("style", public(styleguide.style), name="style"),
    path("login/", public(account.login), name="account_login"),
    path("logout/", public(account.logout), name="account_logout"),
    path("account/confirm/", signed_in(account.reauthenticate), name="account_reauthenticate"),
    path("account/code/", public(mfa.authenticate), name="mfa_authenticate"),
    path("account/confirm-code/", signed_in(mfa.reauthenticate), name="mfa_reauthenticate"),
    path("account/security/", signed_in(mfa.index), name="mfa_index"),
    path("account/totp/on/", signed_in(totp.activate_totp), name="mfa_activate_totp"),
    path("account/totp/off/", signed_in(totp.deactivate_totp), name="mfa_deactivate_totp"),
    path("account/codes/", signed_in(codes.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        "account/codes/new/",
        signed_in(codes.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/codes/file/",
        signed_in(codes.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    *(
        path("", include(import_module(f"pendamping.{room}.urls")))
        for room in ROOMS
        if find_spec(f"pendamping.{room}.urls")
    ),
]
