"""A picture of how something grows, as SVG: both scales by tens, a line for each way.

``python -m pendamping.bench.picture FILE.json FILE.svg``; the JSON is
``{"title", "x", "y", "lines": {name: [[size, value], …]}}``.
"""

import json
import sys
from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from pathlib import Path

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 440, 70, 210, 40, 50
COLOURS = ("#5b6770", "#0b6e4f", "#1f5fa8", "#8a4fae", "#b3541e", "#8c1d40")
Line = Sequence[tuple[float, float]]


def picture(title: str, x: str, y: str, lines: Mapping[str, Line]) -> str:
    """The SVG of lines over a size; every value above zero."""
    points = [point for line in lines.values() for point in line]
    across = _tens([point[0] for point in points])
    up = _tens([point[1] for point in points])
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' font-family="sans-serif" font-size="13"><title>{escape(title)}</title>',
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        f'<text x="{LEFT}" y="22" font-size="15">{escape(title)}</text>',
    ]
    for ten in range(across[0], across[1] + 1):
        at = _place(ten, across, LEFT, WIDTH - RIGHT)
        parts.append(_rule(at, TOP, at, HEIGHT - BOTTOM))
        parts.append(_label(at, HEIGHT - BOTTOM + 18, ten, "middle"))
    for ten in range(up[0], up[1] + 1):
        at = _place(ten, up, HEIGHT - BOTTOM, TOP)
        parts.append(_rule(LEFT, at, WIDTH - RIGHT, at))
        parts.append(_label(LEFT - 8, at + 4, ten, "end"))
    middle = (LEFT + WIDTH - RIGHT) / 2
    parts.append(f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x)}</text>')
    parts.append(f'<text x="{LEFT - 60}" y="{TOP - 4}" font-size="12">{escape(y)}</text>')
    ends: list[float] = []
    drawn = list(zip(lines.items(), COLOURS, strict=False))
    for (name, line), colour in sorted(drawn, key=lambda one: -one[0][1][-1][1]):  # top first
        parts += _line(name, line, colour, across, up, ends)
    return "\n".join([*parts, "</svg>", ""])


def _tens(values: Sequence[float]) -> tuple[int, int]:
    return floor(log10(min(values))), ceil(log10(max(values)))


def _place(ten: float, tens: tuple[int, int], start: float, end: float) -> float:
    return round(start + (end - start) * (ten - tens[0]) / max(tens[1] - tens[0], 1), 1)


def _rule(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="#d9dde0"/>'


def _label(x: float, y: float, ten: int, anchor: str) -> str:
    text = f'10<tspan dy="-5" font-size="10">{ten}</tspan>' if abs(ten) > 2 else f"{10.0**ten:g}"
    return f'<text x="{x}" y="{y}" text-anchor="{anchor}">{text}</text>'


def _line(
    name: str,
    line: Line,
    colour: str,
    across: tuple[int, int],
    up: tuple[int, int],
    ends: list[float],
) -> list[str]:
    """A line with its points and its name beside its end, clear of the names before it."""
    places = [
        (
            _place(log10(size), across, LEFT, WIDTH - RIGHT),
            _place(log10(value), up, HEIGHT - BOTTOM, TOP),
        )
        for size, value in line
    ]
    path = " ".join(f"{x},{y}" for x, y in places)
    end = places[-1][1]
    while any(abs(end - other) < 16 for other in ends):
        end += 2
    ends.append(end)
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>',
        *(f'<circle cx="{x}" cy="{y}" r="3.5" fill="{colour}"/>' for x, y in places),
        f'<text x="{places[-1][0] + 12}" y="{end + 4}" fill="{colour}">{escape(name)}</text>',
    ]


def main(source: str, target: str) -> None:
    """Draw the lines of a JSON file."""
    asked = json.loads(Path(source).read_text(encoding="utf-8"))
    svg = picture(asked["title"], asked["x"], asked["y"], asked["lines"])
    Path(target).write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
