"""Alternates Seqmark and PyTorch on the same work and tells how much faster Seqmark is.

README.md says what is measured.
"""

import argparse
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
import step_memory

ROOT = Path(__file__).resolve().parents[2]
WORKLOADS = ROOT / "benchmarks/src/main/resources/seqmark/benchmarks/workloads.json"
COMPILED = Path(__file__).with_name("compiled.json")
MODES = ("train", "forward", "generate", "sweep", "memory")
CORES = os.cpu_count()


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
            if mode == "memory":
                yield step_memory.row(*sides, model, threads)
                continue
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


def told(row):
    """A result in a line."""
    if row["mode"] == "memory":
        return "{seqmarkBytes:,} and {pytorchBytes:,} bytes".format(**row)
    return "{ratio:.2f} [{ratioLow:.2f}–{ratioHigh:.2f}]".format(**row)


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
    pairs = " or ".join(map(str, sorted({r["pairs"] for r in rows})))
    lines += ["", f"Median and range of {pairs} pairs; above 1 Seqmark is faster."]
    return "\n".join(lines) + "\n"


def estimate(settings):
    """Seconds that it will take, by what starts, gates and warm-ups took."""
    one = 2 * settings.pairs * settings.millis / 1000 + 1
    warm = settings.warmup / 1000 * 1.25
    # A sweep has more processes to start; memory is not timed.
    each = {"train": one + 2 + warm, "sweep": one + 9 + warm, "memory": 4}
    seconds = 0
    for mode in settings.modes:
        runs = 1 if mode == "sweep" else len(settings.threads)
        seconds += runs * each.get(mode, one + 2 + warm / 2)
    starts = 1 + 5 * len(settings.threads) if set(settings.modes) != {"sweep"} else 0
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
    parser.add_argument("--idle", action="store_true", help="measure nothing on a busy machine")
    parser.add_argument("--keep", action="store_true", help="keep what --out has of other models")
    return parser.parse_args()


def require_idle(settings):
    """Says so if the machine is not, or refuses if that is asked for."""
    if complaint := idle.complaint():
        if settings.idle:
            raise peer.Refused(complaint)
        say(f"{complaint}. Do not trust what follows.")


def results(model, settings, weights):
    """The rows of a model, as they come."""
    if set(settings.modes) != {"memory"}:
        require_idle(settings)
    modes = [mode for mode in settings.modes if mode != "sweep"]
    for threads in settings.threads if modes else []:
        yield from measure(model, threads, modes, settings, weights)
    if "sweep" in settings.modes:
        yield from sweep(model, settings, weights)


def compare(settings, models, folder):
    """Measures the models, writes after each what there is, and gives those that were refused."""
    rows, refused = {}, []
    if settings.keep:
        known = read(settings.out)
        rows = {(r["model"], r["mode"], r["threads"]): r for r in known}
    for model in settings.models:
        try:
            for one in results(model, settings, Path(folder) / "weights.safetensors"):
                rows[one["model"], one["mode"], one["threads"]] = one
                say(f"  {told(one)}")
        except peer.Refused as problem:
            say(problem)
            refused.append(model)
        order = lambda r: (MODES.index(r["mode"]), r["threads"], models.index(r["model"]))
        if rows:
            write(settings.out, sorted(rows.values(), key=order))
    return refused


def read(folder):
    """All results that a folder has."""
    files = [folder / "results.json", folder / step_memory.FILE]
    return [r for file in files if file.exists() for r in json.loads(file.read_text())]


def write(folder, rows):
    folder.mkdir(parents=True, exist_ok=True)
    timed = [r for r in rows if r["mode"] != "memory"]
    sizes = [r for r in rows if r["mode"] == "memory"]
    tables = ([table(timed)] if timed else []) + ([step_memory.table(sizes)] if sizes else [])
    (folder / "results.json").write_text(json.dumps(timed, indent=2) + "\n")
    (folder / step_memory.FILE).write_text(json.dumps(sizes, indent=2) + "\n")
    (folder / "table.md").write_text("\n".join(tables))
    if timed:
        (folder / "chart.svg").write_text(chart.svg(timed))


def main():
    models = list(json.loads(WORKLOADS.read_text()))
    settings = options(models)
    if not peer.has_pytorch():
        return
    if not COMPILED.exists():
        say("torch.compile is not used: tune.py has not looked yet where it is faster here.")
    say(f"About {math.ceil(estimate(settings) / 60)} minutes")
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        refused = compare(settings, models, folder)
    if len(refused) < len(settings.models):
        print((settings.out / "table.md").read_text())
    print(f"{time.monotonic() - start:.0f} s; results are in {settings.out}")
    sys.exit(f"Not measured: {', '.join(refused)}" if refused else 0)


if __name__ == "__main__":
    main()
