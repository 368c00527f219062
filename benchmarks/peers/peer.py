"""The two sides of a comparison: processes that answer a line with a line."""

import importlib.util
import json
import os
import platform
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGES = Path("/sys/kernel/mm/transparent_hugepage/enabled")
GLIBC = platform.libc_ver() >= ("glibc", "2.35")
# On both sides or on none: glibc can be told to use them from 2.35 on.
LARGE_PAGES = GLIBC and PAGES.exists() and "[never]" not in PAGES.read_text()


def has_pytorch():
    """Whether this Python has PyTorch; says so if not."""
    has = importlib.util.find_spec("torch") is not None
    if not has:
        print(f"skipped: {sys.executable} has no PyTorch; pip install torch, or set SEQMARK_PYTHON")
    return has


def seqmark(threads):
    """Starts Seqmark's side."""
    program = HERE.parents[1] / "modules" / "cli" / "target" / "app"
    classes = HERE.parent / "target" / "classes"
    if not program.is_dir() or not classes.is_dir():
        sys.exit("Seqmark is not built: run mvn -DskipTests package")
    jvm = HERE.parent / "jvm"
    # It says by itself what it lacks.
    if subprocess.run([jvm, "--version"], stdout=subprocess.DEVNULL).returncode:
        sys.exit(1)
    without_pages = PAGES.exists() and not LARGE_PAGES
    java = [jvm, *(["-XX:-UseTransparentHugePages"] if without_pages else [])]
    modules = ["-p", program, "--add-modules", "ALL-MODULE-PATH,jdk.incubator.vector"]
    worker = ["-cp", classes, "seqmark.benchmarks.PeerWorker", threads]
    return Peer("Seqmark", [*java, *modules, *worker])


def pytorch(threads):
    """Starts PyTorch's side, in this Python."""
    # PyTorch warns at every start where there is no NumPy, which nothing here needs.
    command = [sys.executable, "-W", "ignore", HERE / "worker.py", threads]
    # What Java is told by an option, the allocator under PyTorch is told by a variable.
    tunables = [*filter(None, [os.environ.get("GLIBC_TUNABLES")]), "glibc.malloc.hugetlb=1"]
    return Peer("PyTorch", command, {"GLIBC_TUNABLES": ":".join(tunables)} if LARGE_PAGES else {})


class Peer:
    """One side."""

    def __init__(self, name, command, environment={}):
        self.name, self.asked = name, ""
        self.process = subprocess.Popen(
            list(map(str, command)),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env=os.environ | environment,
        )

    def tell(self, *question):
        """Asks without waiting for the answer."""
        self.asked = " ".join(map(str, question))
        try:
            print(self.asked, file=self.process.stdin, flush=True)
        except BrokenPipeError:
            pass  # hear() says so

    def hear(self):
        line = self.process.stdout.readline()
        answer = json.loads(line) if line else {"error": "its process ended"}
        if "error" in answer:
            raise Refused(f"{self.name} cannot do '{self.asked}': {answer['error']}")
        return answer

    def ask(self, *question):
        self.tell(*question)
        return self.hear()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait()


class Refused(Exception):
    """Something is such that no time would mean anything."""
