"""Alternates matrix products of Seqmark and PyTorch (torch.mm); README.md says how to read it."""

import argparse
import importlib.util
import os
import statistics
import sys
import tempfile
from pathlib import Path

import gates
import idle
import peer

ROOT = Path(__file__).resolve().parents[2]
SIZES = (256, 512, 1024)
HEAD = """| size | threads | ratio | range | Seqmark, GFLOP/s | PyTorch, GFLOP/s |
|---|---|---|---|---|---|"""


def line(size, threads, settings, file):
    """A row of the table; refuses if results differ."""
    with peer.seqmark(threads) as seqmark, peer.pytorch(threads) as pytorch:
        sides = (seqmark, pytorch)
        seqmark.ask("multiply", size, file)
        difference = pytorch.ask("multiply", size, file)["difference"]
        gates.within(difference, f"{size}: the products differ by {difference:.0e}")
        for side in sides:
            side.ask("product", size, settings.warmup)
        speeds = []
        for _ in range(settings.pairs):
            answers = [side.ask("product", size, settings.millis) for side in sides]
            # A row of the result is size sums of size terms.
            speeds.append([a["tokensPerSecond"] * 2 * size * size / 1e9 for a in answers])
    ratios = [ours / theirs for ours, theirs in speeds]
    ours, theirs = map(statistics.median, zip(*speeds))
    spread = f"{min(ratios):.2f}–{max(ratios):.2f}"
    ratio = statistics.median(ratios)
    return f"| {size} | {threads} | {ratio:.2f} | {spread} | {ours:.0f} | {theirs:.0f} |"


def options():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES, metavar="SIZE")
    parser.add_argument("--threads", nargs="+", type=int, default=sorted({1, os.cpu_count()}))
    parser.add_argument("--pairs", type=int, default=9, help="how often each side is timed")
    parser.add_argument("--millis", type=int, default=500, help="how long each time")
    parser.add_argument("--warmup", type=int, default=1500, help="milliseconds before the first")
    parser.add_argument("--out", type=Path, default=ROOT / "reports" / "peers" / "products.md")
    return parser.parse_args()


def main():
    settings = options()
    if importlib.util.find_spec("torch") is None:
        print(f"skipped: {sys.executable} has no PyTorch; pip install torch, or set SEQMARK_PYTHON")
        return
    if (share := idle.busy()) > idle.ALLOWED:
        print(f"The machine is not idle: {share:.0%} of it is in use. Do not trust what follows.")
    lines = [f"# Square matrix products next to torch.mm\n\n{HEAD}"]
    print(HEAD)
    with tempfile.TemporaryDirectory() as folder:
        for threads in settings.threads:
            for size in settings.sizes:
                lines.append(line(size, threads, settings, Path(folder) / "matrices.safetensors"))
                print(lines[-1], flush=True)
    lines.append(f"\nMedian and range of {settings.pairs} pairs; above 1 Seqmark is faster.")
    settings.out.parent.mkdir(parents=True, exist_ok=True)
    settings.out.write_text("\n".join(lines) + "\n")


if __name__ == "__main__":
    try:
        main()
    except peer.Refused as problem:
        sys.exit(str(problem))
