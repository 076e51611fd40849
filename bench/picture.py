"""Draws the fan-out figures: a small SVG of bars on a logarithmic scale, with no library."""

import math
from collections.abc import Sequence
from html import escape

from bench.results import Row

WIDTH, LEFT, RIGHT = 860, 200, 90
BAR, GAP, TITLE = 16, 6, 34
COLOURS = {"Maru": "#c2410c"}
OTHER = "#8a8578"
STYLE = (
    "<style>text{font:13px system-ui,sans-serif;fill:#57534e}.title{font-weight:600}"
    "@media(prefers-color-scheme:dark){text{fill:#d6d3d1}}</style>"
)


def draw(rows: Sequence[Row]) -> str:
    shown = [row for row in rows if row.scenario.startswith("fan-out")]
    parts: list[str] = []
    y = 0
    for scenario in dict.fromkeys(row.scenario for row in shown):
        y += TITLE
        parts.append(f'<text class="title" x="0" y="{y - 12}">{escape(scenario)}</text>')
        for row in [row for row in shown if row.scenario == scenario]:
            parts += bar(row, y, shown)
            y += BAR + GAP
    y += GAP
    caption = "Server CPU per delivery in microseconds, logarithmic; shorter is better."
    parts.append(f'<text x="0" y="{y + 16}">{caption}</text>')
    box = f'viewBox="0 0 {WIDTH} {y + 28}" width="{WIDTH}"'
    inner = "\n".join(parts)
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box} role="img">\n{STYLE}\n{inner}\n</svg>\n'


def bar(row: Row, y: int, shown: Sequence[Row]) -> list[str]:
    low, high = (f(math.log10(other.value) for other in shown) for f in (min, max))
    share = (math.log10(row.value) - low + 0.1) / (high - low + 0.1)
    width = share * (WIDTH - LEFT - RIGHT)
    colour = COLOURS.get(row.server, OTHER)
    middle = y + BAR - 3
    return [
        f'<text x="{LEFT - 8}" y="{middle}" text-anchor="end">{escape(row.server)}</text>',
        f'<rect x="{LEFT}" y="{y}" width="{width:.1f}" height="{BAR}" rx="3" fill="{colour}"/>',
        f'<text x="{LEFT + width + 6:.1f}" y="{middle}">{row.value:.3g}</text>',
    ]
