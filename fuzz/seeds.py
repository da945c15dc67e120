#!/usr/bin/env python3
"""Lay out the first inputs of the fuzz targets from captures/, in fuzz/corpus/TARGET/."""

import pathlib
import re
import struct
import sys

here = pathlib.Path(__file__).parent
captures = here.parent / "captures"
LINKS = [1, 113, 276, 0, 108, 101, 9, 105, 147]  # as in fuzz_targets/frame.rs


def put(target, name, data):
    folder = here / "corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name.replace("/", "-")).write_bytes(data)


def frames(path):
    """Link type and frames of a little-endian microsecond pcap file."""
    data = path.read_bytes()
    at, found = 24, []
    while at + 16 <= len(data):
        captured, original = struct.unpack("<II", data[at + 8 : at + 16])
        found.append((data[at + 16 : at + 16 + captured], original > captured))
        at += 16 + captured
    return struct.unpack("<I", data[20:24])[0], found


for path in sorted(captures.rglob("*")):
    name = str(path.relative_to(captures))
    if path.suffix not in (".pcap", ".pcapng", ".gz"):
        continue
    if path.stat().st_size < 20000:
        put("capture_file", name, path.read_bytes())
    if path.suffix == ".pcap" and path.read_bytes()[:4] == b"\xd4\xc3\xb2\xa1" and path.parent.name != "damaged":
        link, found = frames(path)
        head = bytes([LINKS.index(link)])
        record = [struct.pack("<H", len(b) | (0x8000 if cut else 0)) + b for b, cut in found]
        put("frame", name, head + b"".join(record[:24]))
        for n, one in enumerate(record[:6]):
            put("frame", f"{name}-{n}", head + one)

# Every text in quotation marks in the filters' tests that could be one; those that are none are good seeds too.
texts = set()
for path in list((here.parent / "src" / "filter").glob("*.rs")) + [here.parent / "tests" / "mutate.rs"]:
    for text in re.findall(r'"((?:[^"\\\n]|\\.)+)"', path.read_text()):
        texts.add(text.replace('\\"', '"').replace("\\\\", "\\"))
for n, text in enumerate(sorted(texts)):
    put("filter_text", f"{n:04}", text.encode())
print({p.name: len(list(p.iterdir())) for p in (here / "corpus").iterdir()}, file=sys.stderr)
