"""Paper is a first-class client: PDF from typst templates, QR codes for the way back."""

from pendamping.paper.printing import qr_svg, render

__all__ = ["qr_svg", "render"]
