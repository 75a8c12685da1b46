"""Where places lie on the site's own map of the Baltic Sea region.

The outlines and the projection stand in `outlines/baltic.json`: Lambert conformal conic on a
sphere (Snyder, Map Projections, 1987, equations 15-1 to 15-4).
"""

import json
from functools import cache
from math import cos, pi, radians, sin, tan
from pathlib import Path

OUTLINES = Path(__file__).parent / "outlines" / "baltic.json"


@cache
def _outlines() -> dict:
    return json.loads(OUTLINES.read_text())


def project(latitude: float, longitude: float) -> tuple[float, float]:
    """Degrees to x, y on the map, from its upper left corner."""
    p = _outlines()["projection"]
    radius = p["F"] / tan(pi / 4 + radians(latitude) / 2) ** p["n"]
    theta = p["n"] * radians(longitude - p["lambda0"])
    x = p["x0"] + p["scale"] * radius * sin(theta)
    y = p["y0"] - p["scale"] * (p["m0"] - radius * cos(theta))
    return round(x, 1), round(y, 1)


def map_of(pages) -> dict:
    """{"width": 640, "height": 760, "dots": [{"x": 1.0, "y": 2.0, "number": 1, "title": ...}]}

    Pages without coordinates have no dot; `number` counts those that have one.
    """
    placed = [page for page in pages if page.coordinates()]
    dots = [_dot(page, number) for number, page in enumerate(placed, start=1)]
    return {"width": _outlines()["width"], "height": _outlines()["height"], "dots": dots}


def _dot(page, number: int) -> dict:
    x, y = project(**page.coordinates())
    link = page.link
    return {
        "x": x,
        "y": y,
        "number": number,
        "title": link.title,
        "title_language": link.title_language,
        "path": link.path,
        "language": link.language,
        "country": page.country,
        "place": page.place,
    }
