"""The ward's public board: what everybody may see, on a page, in files and on a poster."""
