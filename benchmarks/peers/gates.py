"""What must be equal on both sides before anything is timed."""

from peer import Refused

TOLERANCE = 1e-4


def same_parameters(seqmark, pytorch, model):
    """Their number, or an error that names those that differ."""
    ours, theirs = (peer.ask("parameters", model) for peer in (seqmark, pytorch))
    a, b = ours["shapes"], theirs["shapes"]
    different = [
        f"{name} (Seqmark {a.get(name, 'has none')}, PyTorch {b.get(name, 'has none')})"
        for name in {**a, **b}
        if a.get(name) != b.get(name)
    ]
    if different or ours["parameters"] != theirs["parameters"]:
        raise Refused(f"{model}: parameters differ: {', '.join(different)}")
    return ours["parameters"]


def same_loss(seqmark, pytorch, model):
    """Their largest relative difference."""
    x, y = (peer.ask("loss", model)["loss"] for peer in (seqmark, pytorch))
    return within(abs(x - y) / abs(y), f"{model}: the losses differ, {x:.6f} and {y:.6f}")


def same_tokens(seqmark, pytorch, model):
    """All tokens must be the same, and as likely; how many they are on average."""
    ours, theirs = (peer.ask("tokens", model) for peer in (seqmark, pytorch))
    for stream, (a, b) in enumerate(zip(ours["tokens"], theirs["tokens"], strict=True)):
        if a != b:
            raise Refused(f"{model}: stream {stream} is {a} in Seqmark and {b} in PyTorch")
    for a, b in zip(ours["logProbabilities"], theirs["logProbabilities"], strict=True):
        within(abs(a - b) / abs(b), f"{model}: log-probabilities differ, {a:.6f} and {b:.6f}")
    count = sum(map(len, ours["tokens"]))
    if count == 0:
        raise Refused(f"{model}: nothing is generated; give it another seed in workloads.json")
    return count / len(ours["tokens"])


def within(difference, message):
    if not difference <= TOLERANCE:
        raise Refused(message)
    return difference
