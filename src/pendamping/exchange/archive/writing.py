"""Putting the archive together: pages, a paper for each, the ledger; written whole or not at all."""

import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from jinja2 import Environment, FileSystemLoader

from pendamping import paper
from pendamping.exchange import filling, packing
from pendamping.exchange.archive import ledger, public, whole
from pendamping.exchange.archive.pages import Page, Table
from pendamping.exchange.container import pack
from pendamping.kernel import clock
from pendamping.kernel.refusal import N_, refuse
from pendamping.notice import queries as notice

HERE = Path(__file__).parent
HOME, MOST_ON_PAPER = "index", 400


def files_of(ward: str, *, all_: bool = False) -> dict[str, bytes]:
    """Path → bytes of every file of the archive, in Indonesian. ``all_``: for the board's own safe, with every
    register and the ward package; else as everybody may have it."""
    with translation.override("id"):
        board = notice.board(ward, clock.today())
        if board is None:
            raise refuse("territory.ward", N_("{code} is not the code of a ward"), code=ward)
        rows = filling.rows_of(ward)
        pages = public.pages(board, rows)
        books, files = _ledger(ward, rows, shown=all_ or board.fund.shown, all_=all_)
        pages.append(books)
        if all_:
            pages += whole.pages(rows)
            held = packing.files_of(ward)
            files |= {name: held[name] for name in held if name.startswith("data/")}
            files["paket.zip"] = _packed(held)
        return files | _written(board, pages, all_=all_)


def write(ward: str, target: Path, *, all_: bool = False) -> dict[str, int]:
    """Write the archive to ``target``: a zip where it is called so, else a folder that is not there yet."""
    files = files_of(ward, all_=all_)
    if target.suffix.lower() == ".zip":
        part = target.with_name(f".{target.name}.part")
        try:
            pack(files, part)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    else:
        _folder(files, target)
    return {name: len(content) for name, content in files.items()}


def _folder(files: dict[str, bytes], target: Path) -> None:
    if target.exists():
        raise refuse(
            "package.write", N_("{file} is there already; name a new folder."), file=str(target)
        )
    part = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=target.parent))
    try:
        for name, content in files.items():
            path = part / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        part.chmod(0o755)
        part.rename(target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _packed(held: dict[str, bytes]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "paket.zip"
        pack(held, path)
        return path.read_bytes()


def _ledger(ward: str, rows: Any, *, shown: bool, all_: bool) -> tuple[Page, dict[str, bytes]]:
    page = Page(
        "pembukuan", _("Ledger"), _("What came into and went out of each account, year by year.")
    )
    head, sums = ledger.yearly(ward, rows) if shown else ([], [])
    few = (
        _("So few borrow that nothing of the books is shown.")
        if not shown
        else _("Nothing is in the books yet.")
    )
    said = tuple(tuple(_number(one) for one in row) for row in sums)
    page.tables.append(
        Table(_("Sums by year and account"), tuple(head), said, frozenset({3, 4}), few)
    )
    files: dict[str, bytes] = {}
    wanted = {"buku-besar": (head, sums)} if sums else {}
    if all_ and sums:
        wanted["jurnal"] = ledger.every_line(ward, rows)
    for name, (columns, lines) in wanted.items():
        files[f"{name}.csv"] = ledger.as_csv(columns, lines)
        files[f"{name}.xlsx"] = ledger.as_xlsx(columns, lines)
        what = _("Journal") if name == "jurnal" else _("Ledger")
        page.files += [(f"{name}.csv", f"{what} (CSV)"), (f"{name}.xlsx", f"{what} (Excel)")]
    return page, files


def _number(one: Any) -> str:
    return f"{one:,}".replace(",", ".") if isinstance(one, int) and one > 9999 else str(one)


def _written(board: Any, pages: list[Page], *, all_: bool) -> dict[str, bytes]:
    """Every page as HTML and as a paper beside it."""
    home = Page(HOME, _("Archive of %(ward)s") % {"ward": board.name}, _lead(all_))
    home.files = [(f"{one.name}.html", one.title) for one in pages]
    if all_:
        home.files.append(("paket.zip", _("The ward package: everything, for another server")))
    foot = _("As of %(day)s · record %(number)s, seal %(seal)s") % {
        "day": board.on.isoformat(), "number": board.seal[0], "seal": board.seal[1],
    }  # fmt: skip
    words = {"skip": _("To the content"), "pages": _("Pages of the archive"), "foot": foot}
    env = Environment(loader=FileSystemLoader(HERE), autoescape=True, trim_blocks=True)
    template = env.get_template("page.html")
    menu = [replace(home, title=_("Beginning")), *pages]
    found = {"gaya.css": (HERE / "gaya.css").read_bytes()}
    for page in pages:
        found[f"kertas/{page.name}.pdf"] = _paper(page, board.name, foot)
        page.files.append((f"kertas/{page.name}.pdf", _("This page to print (PDF)")))
    for page in (home, *pages):
        text = template.render(page=page, place=board.name, menu=menu, words=words)
        found[f"{page.name}.html"] = text.encode()
    return found


def _lead(all_: bool) -> str:
    if all_:
        return _(
            "Everything that the ward's record holds, names too. For the board's own safe: do not pass it on."
        )
    return _("What everybody may see of the ward's record. It opens without the internet.")


def _paper(page: Page, place: str, foot: str) -> bytes:
    tables = [
        {"caption": one.caption, "columns": one.columns, "rows": one.rows[:MOST_ON_PAPER], "numbers": sorted(one.numbers),
         "nothing": one.nothing, "note": one.note}
        for one in page.tables
    ]  # fmt: skip
    data = {"title": page.title, "place": place, "lead": page.lead, "foot": foot, "tables": tables, "texts": page.texts}  # fmt: skip
    return paper.render(HERE / "page.typ", data, lang="id")
