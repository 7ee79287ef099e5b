"""The page that works without a signal: the same for everybody, so that a phone may keep it."""

import hashlib

from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.gate import public

PARTS = (
    "web/app.css", "web/icons.svg", "web/mark.svg", "web/app.js", "django_htmx/htmx-2.min.js",
    "offline/store.js", "offline/send.js", "offline/door.js", "offline/tally.js",
    "offline/page.js",
)  # fmt: skip


@require_safe
@public
def home(request: HttpRequest) -> HttpResponse:
    """The page itself; nothing of who asks for it is in it."""
    return HttpResponse(_page())


def _page() -> str:
    """Drawn without the request: it can hold no name, no menu and no token."""
    return str(render_to_string("offline/home.html", {"stands_alone": True}))


@require_safe
@public
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; its text changes as soon as anything that it keeps does."""
    parts = [staticfiles_storage.url(name) for name in PARTS]
    kept = [reverse("offline:home"), reverse("offline:manifest"), *parts]
    mark = hashlib.sha256("\n".join([_page(), *parts]).encode()).hexdigest()[:12]
    text = render_to_string("offline/worker.js", {"kept": kept, "mark": mark})
    response = HttpResponse(text, content_type="text/javascript")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
@public
def manifest(request: HttpRequest) -> HttpResponse:
    """What the browser needs to put the page among the apps of a phone."""
    home_page = reverse("offline:home")
    icon = {"src": staticfiles_storage.url("web/mark.svg"), "sizes": "any", "type": "image/svg+xml"}
    return JsonResponse(
        {
            "id": home_page, "start_url": home_page, "scope": home_page, "display": "standalone",
            "name": _("Pendamping without a signal"), "short_name": "Pendamping",
            "lang": get_language(), "theme_color": "#0c3d39", "background_color": "#0c3d39",
            "icons": [icon],
        },
        content_type="application/manifest+json",
    )  # fmt: skip
