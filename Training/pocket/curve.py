"""The loss of a run, as a table that grows and a picture of it."""
import csv
from pathlib import Path

from PIL import Image, ImageDraw

SIZE, MARGIN = (960, 480), 56
COLOURS = ["#c2410c", "#1d4ed8", "#15803d"]


class Curve:
    """Appends rows to `name`.csv and redraws `name`.png; a run that is started again goes on in the same file."""

    def __init__(self, run, name, columns):
        self.table, self.picture = Path(run) / f"{name}.csv", Path(run) / f"{name}-loss.png"
        self.columns = ["seen", *columns]
        if not self.table.exists():
            self.table.write_text(",".join(self.columns) + "\n")

    def add(self, *values):
        with open(self.table, "a", newline="") as file:
            csv.writer(file).writerow([values[0], *(f"{v:.5f}" for v in values[1:])])

    def draw(self):
        with open(self.table, newline="") as file:
            rows = [[float(v) for v in row] for row in list(csv.reader(file))[1:]]
        if len(rows) < 2:
            return
        width, height = SIZE
        far = max(row[0] for row in rows)
        tops = sorted(v for row in rows for v in row[1:])
        low, high = min(tops), tops[int(0.98 * (len(tops) - 1))]
        image = Image.new("RGB", SIZE, "white")
        draw = ImageDraw.Draw(image)
        place = lambda x, y: (MARGIN + (width - 2 * MARGIN) * x / far,
                              height - MARGIN - (height - 2 * MARGIN) * min(1, (y - low) / max(1e-9, high - low)))
        for k in range(5):
            level = low + (high - low) * k / 4
            y = place(0, level)[1]
            draw.line([(MARGIN, y), (width - MARGIN, y)], fill="#e5e7eb")
            draw.text((8, y - 6), f"{level:.3f}", fill="#374151")
        draw.text((width - MARGIN - 90, height - 36), f"{far:.0f} samples", fill="#374151")
        for k, name in enumerate(self.columns[1:]):
            draw.line([place(row[0], row[1 + k]) for row in rows], fill=COLOURS[k], width=2)
            draw.text((MARGIN + 12 + 110 * k, 20), name, fill=COLOURS[k])
        image.save(self.picture)
