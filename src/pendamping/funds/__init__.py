"""The money of the ward: ledger below; savings, grants and loans beside each other; UPK on top."""
