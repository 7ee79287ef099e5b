"""The one template environment: what every page may call."""

import re
from datetime import date, datetime
from typing import Any

from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.defaultfilters import date as django_date
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import Promise
from jinja2 import Environment
from markupsafe import Markup

from pendamping.kernel.money import format_rupiah, group_thousands, unbroken
from pendamping.kernel.refusal import Reason
from pendamping.kernel.share import Share
from pendamping.web.refusals import fresh_form, rule_of


def environment(**options: Any) -> Environment:
    """Jinja2 with the house's globals and filters; undefined names stay silent only in ``if``."""
    options.setdefault("extensions", []).extend(["jinja2.ext.i18n", "jinja2.ext.do"])
    env = Environment(  # noqa: S701 -- Django sets autoescape
        trim_blocks=True, lstrip_blocks=True, finalize=whole_amounts, **options
    )
    env.policies["ext.i18n.trimmed"] = True
    env.install_gettext_callables(  # type: ignore[attr-defined]
        translation.gettext, translation.ngettext, newstyle=True
    )
    env.globals.update(url=url, static=staticfiles_storage.url, language=translation.get_language)
    env.globals.update(rule_of=rule_of, fresh_form=fresh_form)
    env.filters.update(
        rupiah=rupiah, tanggal=tanggal, bilangan=bilangan, persen=persen, say=say, tight=tight
    )
    return env


INDENT = re.compile(r"\n\s+")


def tight(text: str) -> Markup:
    """Markup of the frame without the indentation of its template, which every page would carry."""
    return Markup(INDENT.sub("\n", text))  # noqa: S704 -- markup already; only white space goes


def whole_amounts(value: Any) -> Any:
    """Texts that a page prints: ``Rp 750.000`` and ``18,1 %`` stay on one line.

    Markup passes as it is: a box in it holds what somebody typed, and gives that back.
    """
    plain = isinstance(value, str | Promise) and not hasattr(value, "__html__")
    return unbroken(str(value)) if plain else value


def url(name: str, **kwargs: Any) -> str:
    """The address of a page by its name."""
    return reverse(name, kwargs=kwargs)


def rupiah(amount: int | None) -> str:
    """``Rp 1.500.000``; a dash for nothing."""
    return "–" if amount is None else unbroken(format_rupiah(amount))


def bilangan(number: int | None) -> str:
    """``3.448`` in Indonesian, ``3,448`` in English."""
    if number is None:
        return "–"
    return f"{number:,}" if translation.get_language() == "en" else group_thousands(number)


def tanggal(day: date | datetime | None, form: str = "j F Y") -> str:
    """``12 Mei 2004``; ``tanggal("j M Y")`` is short; a dash for nothing."""
    if day is None:
        return "–"
    if isinstance(day, datetime) and timezone.is_aware(day):
        day = timezone.localtime(day)
    return django_date(day, form)


def persen(share: Share | None, digits: int = 1) -> str:
    """``18,1 %``; a dash where it does not apply."""
    if share is None:
        return "–"
    return unbroken(share.percent(digits, "." if translation.get_language() == "en" else ","))


def say(reason: Reason) -> str:
    """A reason in the reader's language; days and numbers are written as that language does."""
    return unbroken(reason.say(translation.gettext))
