"""The wards that the case compares: Empang and every other ward of its district, none with an invented figure.

Names and codes are those of the official list of regions (``territory.update_regions``). The figures of
Empang are those of the study (handbook 0.1). Of its neighbours no source at hand says how many households
they had in 2003, how many of them poor, or whether they had the programme before: that stays unknown, and
the rule says of each what is not known.
"""

from pendamping.demo.people import WARD
from pendamping.targeting.rules.designation import Candidate
from pendamping.territory import queries as territory

DISTRICT = WARD.rpartition(".")[0]  # Bogor Selatan
STUDY = "Kajian P2KP Tahap II di Kelurahan Empang (2005)"
LIST = "Daftar kode wilayah Kemendagri; kelurahan di Kota Bogor"
NOTE = (
    "Angka Empang dari kajian tahun 2005. Untuk kelurahan lain di Kecamatan Bogor Selatan tidak ada sumber "
    "yang menyebut jumlah KK dan KK miskin tahun 2003, jadi tidak diisi."
)


def of_the_district() -> list[Candidate]:
    """Empang, 625 poor of 3,448 households, urban, without the programme before; then its neighbours."""
    empang = Candidate(WARD, "Empang", 3448, 625, True, False, STUDY)
    others = [
        Candidate(area.code, area.name, None, None, True, None, LIST)
        for area in territory.children(DISTRICT)
        if area.code != WARD
    ]
    return [empang, *others]
