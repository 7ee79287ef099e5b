"""A page that was made before something else was kept: how tests read its mark, and what it is told."""

import re

OVERTAKEN = "Sementara itu isian lain sudah disimpan di sini"


def seen(answer):
    """The mark that a page sends along."""
    found = re.search(r'name="seen" value="(\w+)"', answer.content.decode())
    return {"seen": found[1]}


def told_and_kept_again(client, where, form):
    """A form with an old mark is refused once; sent again as its page is shown then, it is kept."""
    late = client.post(where, form)
    assert (late.status_code, OVERTAKEN in late.content.decode()) == (409, True)
    assert client.post(where, {**form, **seen(late)}).status_code == 302
    assert client.post(where, form).status_code == 302  # sent again: it is what is kept
