"""Finds where torch.compile makes PyTorch faster, and writes it to compiled.json for worker.py.

Takes a minute or so for each model, mode and number of threads; compare then uses what is there.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

COMPILED = Path(__file__).with_name("compiled.json")
MODES = ("train", "forward")
ROUNDS, LIMIT = 7, 400  # LIMIT in seconds: what takes longer to compile is no use to anyone


def one(model, mode, threads):
    """Prints the milliseconds of a step, as it is and compiled, alternating."""
    import torch

    import worker

    torch.set_num_threads(threads)
    plain, compiled = worker.Workload(model, ()), worker.Workload(model, (mode,))
    steps = [getattr(w, mode)() for w in (plain, compiled)]

    def millis(step):
        start = time.perf_counter_ns()
        for i in range(3):
            step(i)
        return (time.perf_counter_ns() - start) / 3e6

    for step in steps:  # compiles
        millis(step)
    times = zip(*([millis(step) for step in steps] for _ in range(ROUNDS)))
    print(json.dumps([round(statistics.median(side), 3) for side in times]))


def asked(model, mode, threads):
    """What one() printed in a process of its own; None if it failed or took too long."""
    command = [sys.executable, "-W", "ignore", __file__, "--one", model, mode, str(threads)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout) if done.returncode == 0 else None


def main():
    import worker

    models = list(json.loads(worker.WORKLOADS.read_text()))
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", nargs="+", choices=models, default=models, metavar="MODEL")
    parser.add_argument("--threads", nargs="+", type=int, default=sorted({1, os.cpu_count()}))
    parser.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    settings = parser.parse_args()
    if settings.one:
        model, mode, threads = settings.one
        return one(model, mode, int(threads))
    known = json.loads(COMPILED.read_text()) if COMPILED.exists() else {}
    for model in settings.models:
        for mode in MODES:
            for threads in settings.threads:
                times = asked(model, mode, threads)
                told = "{:.1f} ms, compiled {:.1f} ms".format(*times) if times else "no result"
                print(f"{model}, {mode}, threads {threads}: {told}", flush=True)
                known[f"{model} {mode} {threads}"] = times
                COMPILED.write_text(json.dumps(known, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
