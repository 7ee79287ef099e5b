"""The UPK's account of a year for the yearly meeting: one page, one paper, one workbook, from the same reading."""
