"""How a fund that ran on paper begins here: what its workbook says, and whether it adds up. Pure Python."""
