"""The UPK's books of a month: U1 to U9, the registers, the monthly statements."""
