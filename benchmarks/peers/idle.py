"""Whether anything else uses the machine."""

import os
import time
from pathlib import Path

STAT = Path("/proc/stat")
ALLOWED = 0.05  # of the machine


def busy():
    """The share of all cores that is in use over a second; by the load average off Linux."""
    if not STAT.exists():
        return min(1.0, os.getloadavg()[0] / os.cpu_count())
    before = times()
    time.sleep(1)
    used, total = (b - a for a, b in zip(before, times()))
    return used / total if total else 0.0


def complaint():
    """What to say of a machine that is not idle, or nothing."""
    share = busy()
    if share > ALLOWED:
        return f"The machine is not idle: {share:.0%} of it is in use, at most {ALLOWED:.0%} may be"
    return ""


def times():
    user, nice, system, idle, waiting, *rest = map(int, STAT.read_text().split("\n")[0].split()[1:])
    used = user + nice + system + sum(rest[:3])  # what guests use is part of user
    return used, used + idle + waiting
