"""What every room shares: sums, shares, dates, reasons, ids, the clock. Pure Python, no Django."""
