"""Ratios as dots with their ranges, one panel per mode, on a logarithmic axis, as SVG."""

import math
from html import escape

LEFT, WIDTH, ROW, TOP = 170, 560, 22, 54
COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7")  # told apart by the colour-blind too
TICKS = (0.25, 0.5, 1, 2, 3, 5, 10, 20, 50, 100)
TITLES = {
    "train": "Training step",
    "forward": "Forward pass and loss",
    "generate": "Greedy generation, one stream",
    "sweep": "Training, every core on its own trial",
}


def svg(rows):
    """The chart of results as compare writes them."""
    low = min(0.8, *(r["ratioLow"] for r in rows)) / 1.1
    high = max(1.25, *(r["ratioHigh"] for r in rows)) * 1.1
    threads = sorted({r["threads"] for r in rows})
    colour = dict(zip(threads, COLOURS))

    def x(ratio):
        return LEFT + WIDTH * math.log(ratio / low) / math.log(high / low)

    parts, y = [legend(threads, colour)], TOP
    for mode in dict.fromkeys(r["mode"] for r in rows):
        some, bottom = panel([r for r in rows if r["mode"] == mode], mode, x, y, colour, low, high)
        parts += some
        y = bottom + 46
    size = f'width="{LEFT + WIDTH + 30}" height="{y}" viewBox="0 0 {LEFT + WIDTH + 30} {y}"'
    style = 'font-family="sans-serif" font-size="13" fill="#222"'
    background = '<rect width="100%" height="100%" fill="white"/>'
    body = "\n".join([background, *parts])
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>\n{body}\n</svg>\n'


def legend(threads, colour):
    parts = [text(12, 24, "Speed of Seqmark over speed of PyTorch", "start", 15)]
    for i, count in enumerate(threads):
        at = LEFT + WIDTH - 110 * (len(threads) - i) + 40
        parts.append(f'<circle cx="{at}" cy="20" r="5" fill="{colour[count]}"/>')
        parts.append(text(at + 10, 24, f"{count} thread{'s' * (count > 1)}", "start"))
    return "\n".join(parts)


def panel(rows, mode, x, top, colour, low, high):
    """Its elements, and where it ends."""
    models = list(dict.fromkeys(r["model"] for r in rows))
    bottom = top + 14 + ROW * len(models)
    parts = [text(LEFT, top + 4, TITLES[mode], "start", 14)]
    for tick in TICKS:
        if low <= tick <= high:
            shade = "#555" if tick == 1 else "#ddd"
            parts.append(line(x(tick), top + 12, x(tick), bottom, shade, 1))
            parts.append(text(x(tick), bottom + 16, f"{tick:g}×", "middle", 11))
    for i, model in enumerate(models):
        y = top + 14 + ROW * (i + 0.5)
        parts.append(text(LEFT - 10, y + 4, model, "end"))
        some = [r for r in rows if r["model"] == model]
        for j, r in enumerate(some):
            at, shade = y + 6 * (j - (len(some) - 1) / 2), colour[r["threads"]]
            parts.append(line(x(r["ratioLow"]), at, x(r["ratioHigh"]), at, shade, 2))
            title = f"{model}, {r['threads']} threads: {r['ratio']:.2f}"
            parts.append(
                f'<circle cx="{x(r["ratio"]):.1f}" cy="{at:.1f}" r="4" fill="{shade}">'
                f"<title>{escape(title)}</title></circle>"
            )
    return parts, bottom


def line(x1, y1, x2, y2, colour, width):
    ends = f'x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"/>'


def text(x, y, content, anchor, size=13):
    place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-size="{size}"'
    return f"<text {place}>{escape(content)}</text>"
