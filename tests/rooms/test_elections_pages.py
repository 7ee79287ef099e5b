"""Pages of the board and its election: prepared, typed by two people, closed, confirmed, seated; papers."""

from io import BytesIO

import pytest
from django.urls import reverse
from pypdf import PdfReader

from pendamping.desk import matters
from pendamping.elections import queries
from pendamping.households import queries as households
from pendamping.kernel import clock
from pendamping.meetings import actions as meetings
from tests.electing import (
    RT_DAY,
    TERM,
    TODAY,
    WARD_DAY,
    board,
    close,
    confirm,
    hamlet,
    open_round,
    prepared,
    seated,
    type_twice,
    vote_in_rts,
)
from tests.staging import staged

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def on_the_day():
    with clock.at(TODAY):
        yield


@staged(at=TODAY)
def people(cast):
    return hamlet(cast)


def address(cast, name, **more):
    return reverse(f"elections:{name}", kwargs={"ward": cast.ward, **more})


def text_of(response):
    assert response["Content-Type"] == "application/pdf"
    return " ".join(one.extract_text() for one in PdfReader(BytesIO(response.content)).pages)


def sheet(votes, **changes):
    """A tally sheet of six ballots as it is typed."""
    figures = {"voters": 4, "women": 2, "valid": 4, "invalid": 0, "spoiled": 0, "left": 2}
    return {**figures, "name": list(votes), "votes": [str(n) for n in votes.values()], **changes}


def test_an_empty_board_leads_to_an_election_which_is_first_refused_then_prepared(
    cast, client, people
):
    client.force_login(cast.cadre)
    assert "Belum ada BKM" in client.get(address(cast, "board")).content.decode()
    typed = {"kind": "regular", "size": 10, "votes_on": str(RT_DAY), "term_since": str(TERM)}
    refused = client.post(address(cast, "prepare"), typed)
    assert refused.status_code == 409
    assert "ganjil" in refused.content.decode()
    done = client.post(address(cast, "prepare"), {**typed, "size": 9}, follow=True)
    page = done.content.decode()
    assert "RT 03 RW 01" in page
    assert "belum diketik" in page


def test_a_tally_is_typed_by_two_people_who_do_not_see_each_other(cast, client, people):
    election = prepared(cast)
    station = open_round(election).stations.get(number=1)
    path = address(cast, "station", station=station.id)
    client.force_login(cast.cadre)
    wrong = client.post(path, sheet({"Warga Aa": 4, "Warga Ax": 1, "Warga Ba": 1}))
    page = wrong.content.decode()
    assert wrong.status_code == 409
    assert "Baris 2: siapa “Warga Ax”?" in page
    assert 'value="Warga Aa"' in page
    client.post(path, sheet({"Warga Aa": 4, "Warga Ab": 3}))
    client.force_login(cast.facilitator)
    blind = client.get(path).content.decode()
    assert 'value="4"' not in blind
    seen = client.post(path, sheet({"Warga Aa": 3, "Warga Ab": 3, "Warga Ac": 1}), follow=True)
    assert "dua orang berbeda" in seen.content.decode()
    assert "Di mana keduanya berbeda" in seen.content.decode()
    done = client.post(path, sheet({"Warga Aa": 4, "Warga Ab": 3}), follow=True)
    assert "TPS ini selesai" in done.content.decode()


def test_the_count_is_closed_the_result_confirmed_and_the_board_seated(cast, client, people):
    election = prepared(cast)
    votes = {f"01/0{n}": dict(zip(people[n - 1][:3], (4, 3, 2), strict=True)) for n in range(1, 5)}
    this = type_twice(cast, election, votes)
    client.force_login(cast.facilitator)
    path = address(cast, "close", vote=this.id)
    assert "4/4" in client.get(path).content.decode()
    refused = client.post(path, {"witnesses": "Saksi Satu"})
    assert "Paling sedikit 2 saksi" in refused.content.decode()
    closed = client.post(path, {"witnesses": "Saksi Satu\nSaksi Dua", "note": "Hujan"}, follow=True)
    page = closed.content.decode()
    assert "Penghitungan ditutup" in page
    assert page.count("terpilih") >= 12
    opened = client.post(
        address(cast, "open", election=election.id), {"held_on": str(WARD_DAY)}, follow=True
    )
    assert "para utusan" in opened.content.decode()
    named = [people[rt][place] for place in range(3) for rt in range(4)]
    close(
        cast,
        type_twice(
            cast, election, {"": dict(zip(named, (9, 8, 4, 3, 3, 3, 2, 2, 2), strict=False))}
        ),
    )
    path = address(cast, "seat", election=election.id)
    assert "Undang rapat" in client.get(path).content.decode()
    meeting = confirm(cast, election, people)
    done = client.post(path, {"meeting_id": meeting}, follow=True).content.decode()
    assert "BKM dilantik." in done
    assert "bertugas sejak 1 Februari 2004" in done


def test_papers_of_a_station_and_of_the_count(cast, client, people):
    election = prepared(cast, practice=True)
    this = open_round(election)
    station = this.stations.get(number=2)
    client.force_login(cast.cadre)
    ballots = text_of(client.get(address(cast, "ballots_pdf", station=station.id)))
    assert ballots.count("LATIHAN") == 6
    assert ballots.count("Bonggol no.") == 6
    voters = text_of(client.get(address(cast, "voters_pdf", station=station.id)))
    assert "Warga Ba" in voters
    assert "Anak B" not in voters
    assert "TPS 2" in text_of(client.get(address(cast, "sheet_pdf", station=station.id)))
    assert "TPS 4" in text_of(client.get(address(cast, "sheets_pdf", vote=this.id)))
    vote_in_rts(cast, election, people)
    told = text_of(client.get(address(cast, "minutes_pdf", vote=this.id)))
    assert "Berita acara penghitungan suara" in told
    assert "Saksi Satu" in told
    assert "latihan" in told.lower()


def test_the_board_is_posted_papers_run_out_and_a_member_leaves(cast, client, people):
    seated(cast, people)
    with clock.at(TERM):
        client.force_login(cast.cadre)
        typed = {
            "paper": "decree", "number": "12/SK/2004", "issued_on": str(TERM), "issued_by": "Lurah",
            "expires_on": "2004-03-01",
        }  # fmt: skip
        paper = reverse("institutions:body_paper", kwargs={"ward": cast.ward, "body": "bkm"})
        page = client.post(paper, typed, follow=True).content.decode()
        assert "Masa berlaku surat keputusan akan habis pada 1 Maret 2004" in page
        assert "12/SK/2004" in text_of(client.get(address(cast, "board_pdf")))
        seat = queries.board(cast.ward, TERM)[0]
        path = address(cast, "leave", seat=seat.seat)
        assert "sama kuat" not in client.get(path).content.decode()
        left = client.post(path, {"on": str(TERM), "why": "pindah"}, follow=True).content.decode()
        assert seat.name in left
        assert "Berhenti sebelum masa bakti berakhir" in left


def test_a_resident_group_officer_reads_and_types_nothing(cast, client, people):
    election = prepared(cast)
    station = open_round(election).stations.get(number=1)
    client.force_login(cast.officer)
    page = client.get(address(cast, "station", station=station.id)).content.decode()
    assert '<form method="post" class="stack">' not in page
    assert client.get(address(cast, "voters_pdf", station=station.id)).status_code == 403
    assert client.get(address(cast, "prepare")).status_code == 403


def test_the_board_stands_on_the_roll_of_its_meeting_and_others_are_guests(cast, client, people):
    seated(cast, people)
    sitting = set(board(cast))
    with clock.at(TERM):
        meeting = meetings.call_meeting(
            by=cast.chair, ward=cast.ward, kind="board", held_on=TERM, place="Sekretariat"
        )
        where = {"ward": cast.ward, "meeting": meeting.id}
        client.force_login(cast.facilitator)
        page = client.get(reverse("meetings:roll", kwargs=where)).content.decode()
        assert all(f'value="{person}"' in page for person in sitting)
        for one in households.persons(cast.ward, sitting).values():
            assert one.name in text_of(client.get(reverse("meetings:roll_pdf", kwargs=where)))
        stranger = next(one for rt in people for one in rt if one not in sitting)
        taken = meetings.take_roll(
            by=cast.facilitator, ward=cast.ward, meeting_id=meeting.id,
            present=[{"person": one} for one in [*sorted(sitting), stranger]],
        )  # fmt: skip
    assert (taken.eligible, taken.attended, taken.guests) == (len(sitting), len(sitting) + 1, 1)
    assert taken.quorum_met


def test_who_may_coordinate_the_board_is_told_apart_by_the_rt(cast, people):
    seated(cast, people)
    with clock.at(TERM):
        waiting = list(matters.waiting(cast.ward, TERM))
    offered = [one.text for one in waiting if "give_role" in one.subject]
    assert offered
    assert all(" (RT " in text for text in offered)
