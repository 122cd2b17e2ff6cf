#!/usr/bin/env python3
"""Makes world.txt from the countries of Natural Earth (public domain), as the npm package world-atlas carries them
(TopoJSON, countries-50m.json), and iso_3166-1.json of Debian's iso-codes for the two-letter codes.
Usage: make_world.py countries-50m.json iso_3166-1.json > world.txt

A line is a country: its code, the place of its mark, then rings, all in tenths of a degree: longitude to the east
(over the date line up to 195), latitude to the north. Rings that would not show on a map 1,500 pixels wide are left out, the largest stays."""
import json
import sys

TOLERANCE = 0.35  # degrees
SMALLEST = 0.5  # square degrees


# Parts that have a code of their own, and codes without a shape: the middle of each, in degrees.
APART = {
    "FR": {"GF": (-53, 4), "GP": (-61.5, 16.2), "MQ": (-61, 14.6), "RE": (55.5, -21.1), "YT": (45.1, -12.8)},
    "NO": {"SJ": (17, 78.5), "BV": (3.4, -54.4)},
    "NL": {"BQ": (-68.3, 12.2)},
}
MARKS = {"CC": (96.8, -12.2), "CX": (105.6, -10.5), "GI": (-5.4, 36.1), "TK": (-171.8, -9.2), "TV": (179.2, -8.5),
         "UM": (-160, 0)}
NEAR = 12  # degrees


def simplified(points, tolerance):
    """Douglas and Peucker, without recursion."""
    keep = [False] * len(points)
    keep[0] = keep[-1] = True
    spans = [(0, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        (ax, ay), (bx, by) = points[first], points[last]
        dx, dy = bx - ax, by - ay
        length = (dx * dx + dy * dy) ** 0.5
        worst, place = 0.0, None
        for i in range(first + 1, last):
            px, py = points[i][0] - ax, points[i][1] - ay
            distance = abs(px * dy - py * dx) / length if length else (px * px + py * py) ** 0.5
            if distance > worst:
                worst, place = distance, i
        if place is not None and worst > tolerance:
            keep[place] = True
            spans += [(first, place), (place, last)]
    return [point for point, kept in zip(points, keep) if kept]


def area(ring):
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(ring, ring[1:] + ring[:1]))) / 2


def unwrapped(ring):
    """A ring over the date line goes on beyond 180 degrees instead of around the world."""
    points, shift = [], 0
    for i, (x, y) in enumerate(ring):
        if i and x - ring[i - 1][0] > 180:
            shift -= 360
        elif i and x - ring[i - 1][0] < -180:
            shift += 360
        points.append((x + shift, y))
    middle = sum(x for x, _ in points) / len(points)
    turn = 360 if middle < -180 else -360 if middle > 180 else 0
    return [(x + turn, y) for x, y in points]


def near(ring, mark):
    x, y = sum(p[0] for p in ring) / len(ring), sum(p[1] for p in ring) / len(ring)
    return abs(x - mark[0]) < NEAR and abs(y - mark[1]) < NEAR


def line(code, rings, mark):
    """The rings that show, largest first."""
    drawn = [ring for ring in rings if len(ring) > 2]
    shown = [ring for ring in drawn if area(ring) >= SMALLEST] or drawn[:1]
    texts = [f"{round(mark[0] * 10)},{round(mark[1] * 10)}"]
    for ring in shown:
        texts.append(" ".join(f"{round(x * 10)},{round(y * 10)}" for x, y in ring))
    return f"{code};" + ";".join(texts)


def main():
    world = json.load(open(sys.argv[1]))
    codes = {entry["numeric"]: entry["alpha_2"] for entry in json.load(open(sys.argv[2]))["3166-1"]}
    scale, shift = world["transform"]["scale"], world["transform"]["translate"]
    arcs = []
    for arc in world["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * scale[0] + shift[0], y * scale[1] + shift[1]))
        arcs.append(simplified(points, TOLERANCE))
    shapes = {}  # a code may have several shapes: Australia and its islands
    for shape in world["objects"]["countries"]["geometries"]:
        code = codes.get(str(shape.get("id", "")).zfill(3))
        if not code or code == "AQ":
            continue
        polygons = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
        for polygon in polygons:
            ring = []
            for index in polygon[0]:
                points = arcs[index] if index >= 0 else arcs[~index][::-1]
                ring += points[1:] if ring else points
            ring = ring[:-1] if len(ring) > 1 and ring[0] == ring[-1] else ring
            shapes.setdefault(code, []).append(unwrapped(ring))
    lines = {}
    for code, rings in shapes.items():
        rings.sort(key=area, reverse=True)
        for part, mark in APART.get(code, {}).items():
            own = [ring for ring in rings if near(ring, mark)]
            rings = [ring for ring in rings if ring not in own]
            lines[part] = line(part, own, mark)
        xs, ys = [p[0] for p in rings[0]], [p[1] for p in rings[0]]
        lines[code] = line(code, rings, ((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2))
    for code, mark in MARKS.items():
        lines.setdefault(code, line(code, [], mark))
    print("\n".join(lines[code] for code in sorted(lines)))


main()
