"""Pages of one's own account: the slip that sets a first or new password, and changing it."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from pendamping.access import actions
from pendamping.access.forms import PasswordForm, SlipForm, add_reasons
from pendamping.access.gate import public, signed_in
from pendamping.access.login import SET_BY_SLIP
from pendamping.access.throttle import TooManyTries, address, guess
from pendamping.kernel.refusal import Reason, Refusal

TRIES, SECONDS = 10, 15 * 60

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


@never_cache
@sensitive_post_parameters()
@get_or_post
@public
def slip(request: HttpRequest) -> HttpResponse:
    """Set a password with the code of a printed slip; ten wrong codes in 15 minutes from one address."""
    form = SlipForm(request.POST or None)
    if request.method == "POST" and (form.is_valid() or "code" in form.cleaned_data):
        data = form.cleaned_data
        try:
            with guess("slip", address(request), wrong="access.slip", tries=TRIES, seconds=SECONDS):
                if (
                    form.errors
                ):  # the code is looked at all the same, so that everything is said at once
                    actions.ask_slip(data["code"])
                else:
                    user = actions.use_slip(code=data["code"], password=data["password"])
        except TooManyTries:
            return render(request, "429.html", status=429)
        except Refusal as refusal:
            _show(form, refusal)
        if not form.errors:
            done = _("The password is set, %(name)s. Now log in with it.")
            messages.success(request, done % {"name": user.name})
            request.session[SET_BY_SLIP] = user.username
            return redirect("account_login")
    return render(request, "access/slip.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@sensitive_post_parameters()
@get_or_post
@signed_in
def password(request: HttpRequest) -> HttpResponse:
    """Change one's own password; other devices are logged out."""
    form = PasswordForm(request.POST or None)
    form.whose = request.user  # type: ignore[assignment]
    if request.method == "POST" and (form.is_valid() or "old" in form.cleaned_data):
        data, who = form.cleaned_data, str(request.user.pk)
        try:
            with guess("password", who, wrong="access.old_password", tries=TRIES, seconds=SECONDS):
                if form.errors:
                    actions.ask_password(request.user, data["old"])
                else:
                    actions.change_password(by=request.user, old=data["old"], new=data["password"])
        except TooManyTries:
            return render(request, "429.html", status=429)
        except Refusal as refusal:
            _show(form, refusal)
        if not form.errors:
            update_session_auth_hash(request, request.user)
            messages.success(request, _("The password is changed."))
            return redirect("mfa_index")
    status = 422 if form.errors else 200
    return render(request, "account/password_change.html", {"form": form}, status=status)


def _show(form: SlipForm | PasswordForm, refusal: Refusal) -> None:
    others: list[Reason] = add_reasons(form, refusal)
    for reason in others:
        form.add_error(None, reason.say(_))
