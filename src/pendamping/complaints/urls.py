"""Addresses of the room: those of a ward, and those for residents without an account."""

from django.urls import path

from pendamping.complaints.views import across, handling, importing, printed, register, residents

app_name = "complaints"
HERE = "w/<str:ward>/complaints/"
ONE = HERE + "<str:complaint>/"

urlpatterns = [
    path(HERE, register.home, name="home"),
    path(HERE + "new/", register.new, name="new"),
    path(HERE + "import/", importing.register, name="import_register"),
    path(HERE + "import/template.xlsx", importing.template, name="register_template"),
    path(HERE + "figures/", register.figures, name="figures"),
    path(HERE + "register/<int:year>/", register.year, name="year"),
    path(HERE + "register/<int:year>/paper.pdf", printed.register_pdf, name="register_pdf"),
    path(HERE + "register/<int:year>/register.xlsx", printed.register_xlsx, name="register_xlsx"),
    path(HERE + "poster.pdf", printed.poster_pdf, name="poster_pdf"),
    path(ONE, handling.show, name="complaint"),
    path(ONE + "slip.pdf", printed.slip_pdf, name="slip_pdf"),
    path(ONE + "person/", handling.reveal, name="reveal"),
    *(
        path(f"{ONE}{verb.replace('_', '-')}/", view, name=verb)
        for verb, view in handling.STEPS.items()
    ),
    path("complaints/", across.across, name="across"),
    path("complain/<str:ward>", residents.complain, name="complain"),
    path("complain/<str:ward>/figures", residents.figures, name="public"),
    path("complaint/", residents.follow, name="follow"),
    path("complaint/slip.pdf", residents.slip_pdf, name="own_slip_pdf"),
]
