"""A study that is begun in the case, so that its pages are shown with something on them."""


def begin_study(case) -> None:
    """An informant, an interview, a coded passage; nothing where the case has a study of its own."""
    from pendamping.evidence import actions, queries

    by, ward = case.actor("pendamping"), case.ward
    if queries.study(ward) is not None:
        return
    actions.start_study(by=by, ward=ward)
    one = actions.add_informant(
        by=by, ward=ward, who="ketua KSM", criterion="Ikut sejak persiapan", knows=["results"],
        name="Contoh Informan",
    )  # fmt: skip
    source = actions.add_source(
        by=by, ward=ward, kind="interview", title="Wawancara tentang usaha", informant_id=one.id, consent=True,
        text="Kami menunggu setengah tahun. Hasil usaha dipakai membayar angsuran.",
    )  # fmt: skip
    code = next(row.code.id for row in queries.codebook(ward) if row.code.codable)
    actions.code_passage(by=by, ward=ward, source_id=source.id, spans=[(0, 29)], codes=[code])


def of_the_study(case) -> list[tuple[str, str, dict[str, str]]]:
    """Pages to which no link leads: a form leads there."""
    from pendamping.evidence import queries

    return [("pendamping", "evidence:code", {"source": queries.sources(case.ward)[0].id})]
