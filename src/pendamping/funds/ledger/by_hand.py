"""Which accounts of a ward a voucher by hand may move: the guideline's chart lists them."""

from pendamping.funds.ledger import chart, queries
from pendamping.funds.ledger.rules.entries import HandAccount
from pendamping.kernel import clock


def accounts(ward: str) -> dict[str, HandAccount]:
    """The ward's accounts by key, with what the guideline of today lets vouchers by hand do to them;
    accounts that the guideline named since the books were opened are among them.
    """
    today = clock.today()
    open_to, kept = chart.by_hand(ward, today), chart.controls(ward, today)
    return {
        one.key: HandAccount(
            one.key,
            f"{one.code} {one.name}",
            () if one.fund else open_to.get(one.key, ()),
            kept.get(one.key, one.control_of),
        )
        for one in queries.with_new(ward, None)
    }
