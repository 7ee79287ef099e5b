"""Addresses of the room: the ward's public board."""

from django.urls import path

from pendamping.notice.views import posting, public

app_name = "notice"
HERE = "w/<str:ward>/notice/"

urlpatterns = [
    path(HERE, posting.home, name="home"),
    path(HERE + "new/", posting.put_up, name="put_up"),
    path(HERE + "<str:posting>/down/", posting.take_down, name="take_down"),
    path("board/<str:ward>/photo/<str:posting>", posting.photo, name="photo"),
    path(HERE + "poster.pdf", posting.poster_pdf, name="poster_pdf"),
    path("board/", public.boards, name="boards"),
    path("board/<str:ward>.json", public.board_json, name="board_json"),
    path("board/<str:ward>.csv", public.board_csv, name="board_csv"),
    path("board/<str:ward>", public.board, name="board"),
]
