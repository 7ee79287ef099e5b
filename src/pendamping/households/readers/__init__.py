"""Census files as tables of cells: XLSX, CSV, Kobo JSON. No rule of the census, no Django."""
