#!/usr/bin/env python3
"""Ask tshark what the filters of tests/filters/*.txt pass, and write its answers into the files.

usage: filters.py [FILE...]

A section begins with [capture]; a line is a filter, the indented line below it what is expected: `frames 1-3 5`, `frames none`,
or `refused at "part"` (the part that the message marks; ours, so it stays as written). Sections marked [capture] own are of
Wireglass alone and are left as they are.
"""
import os
import pathlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

ROOT = pathlib.Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "XDG_CONFIG_HOME": "/nonexistent", "TZ": "UTC", "LC_ALL": "C.UTF-8"}


def ranges(numbers):
    """1 2 3 5 as `1-3 5`."""
    out = []
    for n in numbers:
        if out and out[-1][1] + 1 == n:
            out[-1][1] = n
        else:
            out.append([n, n])
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in out) or "none"


def ask(case):
    capture, text, before = case
    command = ["tshark", "-n", "-2", "-r", str(ROOT / "captures" / capture), "-Y", text, "-T", "fields", "-e", "frame.number"]
    done = subprocess.run(command, capture_output=True, text=True, env=ENVIRONMENT)
    if done.returncode == 0:
        return "frames " + ranges(int(n) for n in done.stdout.split())
    return before if before and before.startswith("refused") else "refused"


def renew(path):
    lines, cases, capture, own = [], [], None, False
    for line in path.read_text().splitlines():
        if line.startswith("["):
            capture, _, rest = line[1:].partition("]")
            own = rest.strip() == "own"
        if own or not line.strip() or line[0] in "#[":
            lines.append(line)
        elif line[0] == " ":
            cases[-1][2] = line.strip()
        else:
            lines.append(line)
            cases.append([capture, line, None])
            lines.append(len(cases) - 1)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, cases))
    for (_, text, before), after in zip(cases, answers):
        if before and before.split()[0] != after.split()[0]:
            print(f"{path.name}: {text}\n    was: {before}\n    is:  {after}")
    path.write_text("\n".join("    " + answers[l] if isinstance(l, int) else l for l in lines) + "\n")


for name in sys.argv[1:] or sorted((ROOT / "tests" / "filters").glob("*.txt")):
    renew(pathlib.Path(name))
