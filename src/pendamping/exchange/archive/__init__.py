"""The static archive of a ward: pages, papers and the ledger that open from a stick without a server."""
