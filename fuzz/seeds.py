#!/usr/bin/env python3
"""Lay out the first inputs of the fuzz targets from captures/, in fuzz/corpus/TARGET/."""

import pathlib
import re
import struct
import sys

here = pathlib.Path(__file__).parent
captures = here.parent / "captures"
LINKS = [1, 113, 276, 0, 108, 101, 9, 105, 147]  # as in fuzz_targets/frame.rs
# As in fuzz_targets/protocol.rs, whose inputs lie in a folder for each protocol: name, whether by TCP, the server's port.
PROTOCOLS = [
    ("smtp", True, 25), ("pop", True, 110), ("imap", True, 143), ("ftp", True, 21), ("ftp-data", True, 20), ("ntp", False, 123),
    ("snmp", False, 161), ("dhcp", False, 67), ("dhcpv6", False, 547), ("ssdp", False, 1900), ("nbns", False, 137),
    ("llmnr", False, 5355), ("telnet", True, 23), ("imf", True, 25), ("mime_multipart", True, 25), ("nullchat", True, 4040),
    ("ctime", True, 12345), ("numsum", True, 12346), ("http", True, 80), ("dns", False, 53), ("tls", True, 443),
    ("snmp-tcp", True, 161), ("dhcpv6-tcp", True, 547),
]


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


def payload(frame, link):
    """Protocol, source and destination port, and payload of an Ethernet or raw IP frame, if it has them."""
    if link == 1:
        kind, frame = frame[12:14], frame[14:]
        if kind not in (b"\x08\x00", b"\x86\xdd"):
            return None
    elif link != 101:
        return None
    if len(frame) < 40:
        return None
    if frame[0] >> 4 == 4:
        protocol, head = frame[9], frame[0] % 16 * 4
        frame = frame[: int.from_bytes(frame[2:4], "big")]
    else:
        protocol, head = frame[6], 40
    upper = frame[head:]
    if protocol not in (6, 17) or len(upper) < 20 and protocol == 6 or len(upper) < 8:
        return None
    skip = upper[12] // 16 * 4 if protocol == 6 else 8
    return protocol == 6, int.from_bytes(upper[:2], "big"), int.from_bytes(upper[2:4], "big"), upper[skip:]


def conversations(name, link, found):
    """What was said on the protocols' ports, as inputs of the target `protocol`."""
    said = {}
    for frame, _ in found:
        got = payload(frame, link)
        if got and got[3]:
            tcp, source, target, data = got
            for at, (protocol, by_tcp, port) in enumerate(PROTOCOLS):
                if tcp == by_tcp and port in (source, target):
                    server = source == port and not (target == port)
                    mine = max(source, target) if not server else target
                    key = (at, protocol, mine if tcp else 0)
                    said.setdefault(key, []).append((server, data))
    for (at, protocol, one), messages in said.items():
        parts = [struct.pack("<H", len(data[:0x3FFF]) | (0x8000 if server else 0)) + data[:0x3FFF] for server, data in messages]
        put(f"protocol/{protocol}", f"{name}-{one}", bytes([at]) + b"".join(parts)[:8192])
        for n, part in enumerate(parts[:12]):
            put(f"protocol/{protocol}", f"{name}-{one}-{n}", bytes([at]) + part)


for path in sorted(captures.rglob("*")):
    name = str(path.relative_to(captures))
    if path.suffix not in (".pcap", ".pcapng", ".gz"):
        continue
    if path.stat().st_size < 20000:
        put("capture_file", name, path.read_bytes())
    if path.suffix == ".pcap" and path.read_bytes()[:4] == b"\xd4\xc3\xb2\xa1" and path.parent.name != "damaged":
        link, found = frames(path)
        head = bytes([LINKS.index(link)])
        conversations(name, link, found)
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
