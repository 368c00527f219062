"""Memory of a training step on both sides, in bytes: values, gradients and the batch, no weights.

README.md says what is counted.
"""

import itertools

FILE = "memory.json"


def row(seqmark, pytorch, model, threads):
    """A result: what a step of each side needs at its peak."""
    ours, theirs = (side.ask("memory", model)["bytes"] for side in (seqmark, pytorch))
    return dict(model=model, mode="memory", threads=threads, seqmarkBytes=ours, pytorchBytes=theirs)


def peak(work):
    """The most that tensors made while PyTorch does some work take up at a time."""
    from torch.profiler import ProfilerActivity, profile

    with profile(activities=[ProfilerActivity.CPU], profile_memory=True) as profiled:
        work()
    events = profiled.profiler.kineto_results.events()
    # Frees are negative; what was there before the work is not told of when it is freed.
    changes = sorted((e for e in events if e.name() == "[memory]"), key=lambda e: e.start_ns())
    return max(itertools.accumulate(e.nbytes() for e in changes))


def table(rows):
    """In Markdown."""
    lines = [
        "| model | threads | Seqmark, MB | PyTorch, MB | PyTorch / Seqmark |",
        "|---|---|---|---|---|",
    ]
    for r in rows:
        ours, theirs = r["seqmarkBytes"], r["pytorchBytes"]
        sizes = f"{ours / 1e6:.1f} | {theirs / 1e6:.1f} | {theirs / ours:.2f}"
        lines.append(f"| `{r['model']}` | {r['threads']} | {sizes} |")
    lines += ["", "Memory of a training step, beside parameters and the optimizer's state."]
    return "\n".join(lines) + "\n"
