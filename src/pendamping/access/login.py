"""The form of the login page: begins with the user name of whoever has just set a password with a slip."""

from typing import Any

from allauth.account import forms

SET_BY_SLIP = "set_by_slip"
"""Where the session of a browser keeps that user name until somebody logs in."""


class LoginForm(forms.LoginForm):  # type: ignore[misc]
    """User name and password."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.request and (known := self.request.session.get(SET_BY_SLIP)):
            self.fields["login"].initial = known
