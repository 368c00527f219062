"""Alternates Seqmark and PyTorch on the same work and tells how much faster Seqmark is.

README.md says what is measured.
"""

import argparse
import importlib.util
import json
import math
import os
import statistics
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

import chart
import gates
import idle
import peer

ROOT = Path(__file__).resolve().parents[2]
WORKLOADS = ROOT / "benchmarks/src/main/resources/seqmark/benchmarks/workloads.json"
COMPILED = Path(__file__).with_name("compiled.json")
MODES = ("train", "forward", "generate", "sweep")
CORES = os.cpu_count()
BUSY = 0.05


def measure(model, threads, modes, settings, weights):
    """Rows for these modes, all from the same two processes."""
    with peer.seqmark(threads) as seqmark, peer.pytorch(threads) as pytorch:
        sides = (seqmark, pytorch)
        parameters = gates.same_parameters(*sides, model)
        seqmark.ask("save", model, weights)
        for mode in modes:
            for side in sides:  # training has changed them
                side.ask("load", model, weights)
            if mode == "generate":
                gate = f"{gates.same_tokens(*sides, model):.1f} tokens a stream, the same"
            else:
                gate = f"loss differs by {gates.same_loss(*sides, model):.0e}"
            say(f"{model}, {mode}, threads {threads}: {parameters:,} parameters, {gate}")
            warm = settings.warmup if mode == "train" else settings.warmup // 2
            seqmark.ask("time", model, mode, warm)
            pytorch.ask("time", model, mode, warm // 4)
            yield row(model, mode, threads, settings, [
                [side.ask("time", model, mode, settings.millis) for side in sides]
                for _ in range(settings.pairs)
            ])


def sweep(model, settings, weights):
    """Training with every core on its own trial: one JVM next to as many processes of PyTorch."""
    with ExitStack() as stack:
        seqmark = stack.enter_context(peer.seqmark(1))
        processes = [stack.enter_context(peer.pytorch(1)) for _ in range(CORES)]
        gates.same_parameters(seqmark, processes[0], model)
        seqmark.ask("save", model, weights)

        def all_of_them(*question):
            for process in processes:
                process.tell(*question)
            return [process.hear() for process in processes]

        all_of_them("load", model, weights)
        difference = gates.same_loss(seqmark, processes[0], model)
        say(f"{model}, sweep, {CORES} trials: loss differs by {difference:.0e}")

        def pytorch(millis):
            answers = all_of_them("time", model, "train", millis)
            return {"tokensPerSecond": sum(answer["tokensPerSecond"] for answer in answers)}

        seqmark.ask("sweep", model, CORES, settings.warmup)
        pytorch(settings.warmup // 4)
        yield row(model, "sweep", CORES, settings, [
            [seqmark.ask("sweep", model, CORES, settings.millis), pytorch(settings.millis)]
            for _ in range(settings.pairs)
        ])


def row(model, mode, threads, settings, pairs):
    """A result: the median of the pairs' ratios, their range, and both sides' medians."""
    speeds = [[side["tokensPerSecond"] for side in pair] for pair in pairs]
    ratios = [ours / theirs for ours, theirs in speeds]
    ours, theirs = (statistics.median(side) for side in zip(*speeds))
    return dict(
        model=model,
        mode=mode,
        threads=threads,
        ratio=statistics.median(ratios),
        ratioLow=min(ratios),
        ratioHigh=max(ratios),
        pairs=settings.pairs,
        seqmarkTokensPerSecond=ours,
        pytorchTokensPerSecond=theirs,
    )


def say(text):
    print(text, file=sys.stderr, flush=True)


def table(rows):
    """In Markdown."""
    lines = [
        "| model | mode | threads | ratio | range | Seqmark, tokens/s | PyTorch, tokens/s |",
        "|---|---|---|---|---|---|---|",
    ]
    for r in rows:
        spread = f"{r['ratioLow']:.2f}–{r['ratioHigh']:.2f}"
        speeds = f"{r['seqmarkTokensPerSecond']:,.0f} | {r['pytorchTokensPerSecond']:,.0f}"
        what = f"`{r['model']}` | {r['mode']} | {r['threads']}"
        lines.append(f"| {what} | {r['ratio']:.2f} | {spread} | {speeds} |")
    sweeps = [math.log(r["ratio"]) for r in rows if r["mode"] == "sweep"]
    if sweeps:
        mean = math.exp(statistics.mean(sweeps))
        lines += ["", f"Sweep, geometric mean over {len(sweeps)} models: {mean:.2f}"]
    return "\n".join(lines)


def estimate(settings):
    """Seconds that it will take, by what starts, gates and warm-ups took."""
    one = 2 * settings.pairs * settings.millis / 1000 + 1
    warm = settings.warmup / 1000 * 1.25
    seconds = 0
    for mode in settings.modes:
        runs = 1 if mode == "sweep" else len(settings.threads)
        extra = 9 if mode == "sweep" else 2  # more processes to start
        seconds += runs * (one + extra + (warm if mode in ("train", "sweep") else warm / 2))
    starts = 5 * len(settings.threads) if set(settings.modes) != {"sweep"} else 0
    return len(settings.models) * (seconds + starts)


def options(models):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="+", choices=models, default=models, metavar="MODEL")
    parser.add_argument("--modes", nargs="+", choices=MODES, default=MODES)
    parser.add_argument("--threads", nargs="+", type=int, default=sorted({1, CORES}))
    parser.add_argument("--pairs", type=int, default=5, help="how often each side is timed")
    parser.add_argument("--millis", type=int, default=800, help="how long each time")
    parser.add_argument("--warmup", type=int, default=3000, help="milliseconds before the first")
    parser.add_argument("--out", type=Path, default=ROOT / "reports" / "peers")
    parser.add_argument("--idle", action="store_true", help="refuse to start on a busy machine")
    return parser.parse_args()


def results(settings, weights):
    for model in settings.models:
        modes = [mode for mode in settings.modes if mode != "sweep"]
        for threads in settings.threads if modes else []:
            yield from measure(model, threads, modes, settings, weights)
        if "sweep" in settings.modes:
            yield from sweep(model, settings, weights)


def main():
    settings = options(list(json.loads(WORKLOADS.read_text())))
    if importlib.util.find_spec("torch") is None:
        print(f"skipped: {sys.executable} has no PyTorch; pip install torch, or set SEQMARK_PYTHON")
        return
    share = idle.busy()
    if share > BUSY:
        warning = f"The machine is not idle: {share:.0%} of it is in use"
        if settings.idle:
            sys.exit(f"{warning}, at most {BUSY:.0%} may be")
        say(f"{warning}. Do not trust these ratios.")
    if not COMPILED.exists():
        say("torch.compile is not used: tune.py has not looked yet where it is faster here.")
    say(f"About {math.ceil(estimate(settings) / 60)} minutes")

    start, rows = time.monotonic(), []
    settings.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        try:
            for one in results(settings, Path(folder) / "weights.safetensors"):
                rows.append(one)
                say(f"  {one['ratio']:.2f} [{one['ratioLow']:.2f}–{one['ratioHigh']:.2f}]")
        except peer.Differs as problem:
            sys.exit(f"{problem}. Nothing was written.")
    order = lambda r: (MODES.index(r["mode"]), r["threads"], settings.models.index(r["model"]))
    rows.sort(key=order)
    caption = f"Median and range of {settings.pairs} pairs; above 1 Seqmark is faster."
    (settings.out / "results.json").write_text(json.dumps(rows, indent=2) + "\n")
    (settings.out / "table.md").write_text(f"{table(rows)}\n\n{caption}\n")
    (settings.out / "chart.svg").write_text(chart.svg(rows))
    print(f"{table(rows)}\n\n{caption} {time.monotonic() - start:.0f} s. Written to {settings.out}")


if __name__ == "__main__":
    main()
