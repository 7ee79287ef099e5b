"""A paper of a dossier and where it is found: attached, looked at."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from pendamping.access.answers import attempt
from pendamping.access.gate import page
from pendamping.verification import actions, queries
from pendamping.verification.forms import ScanForm
from pendamping.verification.views.dossier import formed
from pendamping.verification.views.shown import dossier_or_404

TYPES = {"jpeg": "image/jpeg", "png": "image/png", "pdf": "application/pdf"}


@page("verification.attach_scan")
def attach(request: HttpRequest, ward: str, dossier: str) -> HttpResponse:
    """A picture of a paper, or where it is kept."""
    found = dossier_or_404(ward, dossier)
    first = {"paper": request.GET.get("paper", "")}
    form = ScanForm(request.POST or None, request.FILES or None, papers=found.papers, initial=first)
    tried = attempt(form, actions.attach_scan, by=request.user, ward=ward, dossier_id=found.id)
    texts = (_("Attach a scan"), _("A photograph or scan of the paper, or the place where it is kept, so that the next tier need not ask for it."))  # fmt: skip
    return formed(request, found, form, tried, texts, _("It is attached."))


@require_safe
@page("verification.read_parties")
def scan(request: HttpRequest, ward: str, scan: str) -> HttpResponse:
    """The picture itself, for those who may read names."""
    found = queries.scan(ward, scan)
    if found is None:
        raise Http404
    response = HttpResponse(bytes(found.content), content_type=TYPES[found.kind])
    response["Content-Disposition"] = f'inline; filename="{found.paper}.{found.kind}"'
    response["Cache-Control"] = "private, max-age=86400"
    return response
