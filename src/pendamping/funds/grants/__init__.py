"""The programme's grant to the ward: allocation, windows, tranches, works, social grants, reports."""
