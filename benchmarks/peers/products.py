"""Alternates matrix products of Seqmark and PyTorch (torch.mm); README.md says how to read it."""

import argparse
import itertools
import os
import sys
import tempfile
from pathlib import Path

import compare
import gates
import idle
import peer

ROOT = Path(__file__).resolve().parents[2]
SIZES = (256, 512, 1024)
HEAD = """| size | threads | ratio | range | Seqmark, GFLOP/s | PyTorch, GFLOP/s |
|---|---|---|---|---|---|"""


def row(size, threads, settings, file):
    """A row of the table; refuses if results differ."""
    with peer.seqmark(threads) as seqmark, peer.pytorch(threads) as pytorch:
        sides = (seqmark, pytorch)
        seqmark.ask("multiply", size, file)
        difference = pytorch.ask("multiply", size, file)["difference"]
        gates.within(difference, f"{size}: the products differ by {difference:.0e}")
        for side in sides:
            side.ask("product", size, settings.warmup)
        pairs = [
            [side.ask("product", size, settings.millis) for side in sides]
            for _ in range(settings.pairs)
        ]
    r = compare.row(size, "product", threads, settings, pairs)
    # A token is a row of the result, size sums of size terms.
    speeds = (r["seqmarkTokensPerSecond"], r["pytorchTokensPerSecond"])
    ours, theirs = (speed * 2 * size * size / 1e9 for speed in speeds)
    spread = f"{r['ratioLow']:.2f}–{r['ratioHigh']:.2f}"
    return f"| {size} | {threads} | {r['ratio']:.2f} | {spread} | {ours:.0f} | {theirs:.0f} |"


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    number = dict(type=positive)
    threads = sorted({1, os.cpu_count()})
    parser.add_argument("--sizes", nargs="+", default=SIZES, metavar="SIZE", **number)
    parser.add_argument("--threads", nargs="+", default=threads, **number)
    parser.add_argument("--pairs", default=9, help="how often each side is timed", **number)
    parser.add_argument("--millis", default=500, help="how long each time", **number)
    parser.add_argument("--warmup", default=1500, help="milliseconds before the first", **number)
    folder = ROOT / "reports" / "peers"
    parser.add_argument("--out", type=Path, default=folder, help="the folder for products.md")
    settings = parser.parse_args()
    if settings.out.is_file():
        parser.error(f"--out: expected a folder, found the file {settings.out}")
    return settings


def positive(text):
    """A number above 0, for argparse."""
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def main():
    settings = options()
    if not peer.has_pytorch():
        return
    if complaint := idle.complaint():
        print(f"{complaint}. Do not trust what follows.", file=sys.stderr)
    rows, refused = [], []
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for threads, size in itertools.product(settings.threads, settings.sizes):
            try:
                rows.append(row(size, threads, settings, Path(folder) / "matrices.safetensors"))
                print(rows[-1], flush=True)
            except peer.Refused as problem:
                print(problem, file=sys.stderr)
                refused.append(str(size))
    if rows:
        said = f"Median and range of {settings.pairs} pairs; above 1 Seqmark is faster."
        lines = ["# Square matrix products next to torch.mm", "", HEAD, *rows, "", said]
        settings.out.mkdir(parents=True, exist_ok=True)
        (settings.out / "products.md").write_text("\n".join(lines) + "\n")
    sys.exit(f"Not measured: {', '.join(refused)}" if refused else 0)


if __name__ == "__main__":
    main()
