"""What a database may ask of the balances of an old book, as text for the seals of other rooms. Pure Python."""

_MADE = "SELECT 1 FROM ledger_entry made WHERE made.kind = 'opening' AND made.ward = "
_REVERSED = "EXISTS (SELECT 1 FROM ledger_entry back WHERE back.reversal_of_id = made.id)"


def stands(ward: str, day: str) -> str:
    """SQL that is true while what came in with an old book on a day has to stay; ``ward``, ``day``: SQL.

    It may go where the balances of that day are reversed and none others stand; what has no day stays.
    Migrations have used this text: a change of it needs one.
    """
    return (
        f"{day} IS NULL OR EXISTS ({_MADE}{ward} AND NOT {_REVERSED}) "
        f'OR NOT EXISTS ({_MADE}{ward} AND made."on" = {day} AND {_REVERSED})'
    )
