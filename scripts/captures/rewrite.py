#!/usr/bin/env python3
"""Make capture files of other formats (and damaged ones) from a little-endian microsecond pcap file.

rewrite.py null|loop|raw IN OUT          Ethernet replaced by the BSD loopback header or by nothing
rewrite.py nanoseconds IN OUT            big-endian pcap with nanoseconds
rewrite.py comments IN OUT               pcapng with comments on file, interface and frames, and options
rewrite.py interfaces IN IN OUT          pcapng with an interface for each input (own link type and time resolution)
rewrite.py sections IN IN OUT            pcapng with two sections, the second of the other byte order
rewrite.py blocks IN OUT                 pcapng with simple packets, names, statistics, secrets and an unknown block
rewrite.py gzip IN OUT                   the file, compressed
rewrite.py cut IN OUT BYTES              the first BYTES of the file (from its end if negative)
rewrite.py poke IN OUT OFFSET HEX        the file with other bytes at a place (from its end if negative)
"""

import gzip
import struct
import sys


def read(path):
    """The link type and the frames: (seconds, microseconds, original length, bytes)."""
    data = open(path, "rb").read()
    magic, _, _, _, _, _, link = struct.unpack("<IHHiIII", data[:24])
    assert magic == 0xA1B2C3D4, path
    at, frames = 24, []
    while at + 16 <= len(data):
        seconds, micros, captured, original = struct.unpack("<IIII", data[at : at + 16])
        frames.append((seconds, micros, original, data[at + 16 : at + 16 + captured]))
        at += 16 + captured
    return link, frames


def write(path, link, frames, order="<", nanoseconds=False):
    with open(path, "wb") as out:
        magic = 0xA1B23C4D if nanoseconds else 0xA1B2C3D4
        out.write(struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, 262144, link))
        for n, (seconds, micros, original, data) in enumerate(frames):
            part = micros * 1000 + n % 1000 if nanoseconds else micros
            out.write(struct.pack(order + "IIII", seconds, part, len(data), original) + data)


def without_ethernet(frames, head):
    """Frames of IP with another head; `head` gets the EtherType."""
    for seconds, micros, original, data in frames:
        kind = struct.unpack(">H", data[12:14])[0]
        if kind in (0x0800, 0x86DD):
            new = head(kind)
            yield seconds, micros, original - 14 + len(new), new + data[14:]


class Pcapng:
    """A pcapng file of one byte order at a time."""

    def __init__(self, path):
        self.out, self.order = open(path, "wb"), "<"

    def block(self, kind, body):
        body += b"\0" * (-len(body) % 4)
        length = struct.pack(self.order + "I", len(body) + 12)
        self.out.write(struct.pack(self.order + "I", kind) + length + body + length)

    def options(self, *pairs):
        out = b""
        for code, value in pairs:
            value = value.encode() if isinstance(value, str) else value
            out += struct.pack(self.order + "HH", code, len(value)) + value + b"\0" * (-len(value) % 4)
        return out + b"\0\0\0\0" if pairs else b""

    def section(self, *pairs, order="<"):
        self.order = order
        self.block(0x0A0D0D0A, struct.pack(order + "IHHq", 0x1A2B3C4D, 1, 0, -1) + self.options(*pairs))

    def interface(self, link, *pairs, snap=262144):
        self.block(1, struct.pack(self.order + "HHI", link, 0, snap) + self.options(*pairs))

    def packet(self, interface, frame, *pairs, scale=1):
        seconds, micros, original, data = frame
        ticks = (seconds * 1000000 + micros) * scale
        body = struct.pack(self.order + "IIIII", interface, ticks >> 32, ticks & 0xFFFFFFFF, len(data), original)
        self.block(6, body + data + b"\0" * (-len(data) % 4) + self.options(*pairs))

    def simple(self, frame):
        self.block(3, struct.pack(self.order + "I", frame[2]) + frame[3])


def comments(source, target):
    link, frames = read(source)
    out = Pcapng(target)
    out.section((1, "A comment on the whole file"), (4, "wireglass captures"))
    out.interface(link, (2, "eth0"), (3, "the cable between two namespaces"), (9, b"\6"), (1, "a comment on the interface"))
    for n, frame in enumerate(frames):
        pairs = []
        if n == 0:
            pairs = [(1, "The first frame of the exchange")]
        if n == 2:
            pairs = [(1, "Two comments:"), (1, "this is the second, in two lines\nand with words like na\u00efve and \u4e2d\u6587")]
        if n == 3:
            pairs = [(2, struct.pack("<I", 1)), (4, struct.pack("<Q", 7)), (5, struct.pack("<Q", 99))]
        out.packet(0, frame, *pairs)


def interfaces(first, second, target):
    (link_a, a), (link_b, b) = read(first), read(second)
    out = Pcapng(target)
    out.section()
    out.interface(link_a, (2, "eth0"), (9, b"\6"))
    out.interface(link_b, (2, "tunnel"), (3, "nanoseconds"), (9, b"\x09"), snap=65535)
    both = [(f, 0, 1) for f in a] + [(f, 1, 1000) for f in b]
    for frame, interface, scale in both:
        out.packet(interface, frame, scale=scale)


def sections(first, second, target):
    (link_a, a), (link_b, b) = read(first), read(second)
    out = Pcapng(target)
    out.section((1, "first section, little-endian"))
    out.interface(link_a, (2, "eth0"))
    for frame in a:
        out.packet(0, frame)
    out.section((1, "second section, big-endian"), order=">")
    out.interface(link_b, (2, "eth1"), (9, b"\x09"))
    for frame in b:
        out.packet(0, frame, scale=1000)


def blocks(source, target):
    link, frames = read(source)
    out = Pcapng(target)
    out.section()
    out.interface(link, snap=64)
    for frame in frames[:2]:
        out.simple((*frame[:3], frame[3][:64]))
    out.block(4, struct.pack("<HH", 1, 20) + bytes([192, 0, 2, 80]) + b"www.example.org\0" + struct.pack("<HH", 0, 0))
    secret = b"CLIENT_RANDOM " + b"00" * 32 + b" " + b"11" * 48 + b"\n"
    out.block(10, struct.pack("<II", 0x544C534B, len(secret)) + secret)
    for frame in frames[2:]:
        out.packet(0, (*frame[:3], frame[3][:64]))
    ticks = (frames[-1][0] * 1000000 + frames[-1][1]) + 5
    stamp = struct.pack("<II", ticks >> 32, ticks & 0xFFFFFFFF)
    out.block(5, struct.pack("<I", 0) + stamp + out.options((4, struct.pack("<Q", len(frames))), (5, struct.pack("<Q", 0))))
    out.block(0x7F, b"a block type that nobody knows")


def main():
    what, *args = sys.argv[1:]
    if what in ("null", "loop"):
        family = {0x0800: 2, 0x86DD: 30}  # AF_INET everywhere, AF_INET6 as macOS numbers it
        order, link = ("<", 0) if what == "null" else (">", 108)
        _, frames = read(args[0])
        write(args[1], link, list(without_ethernet(frames, lambda kind: struct.pack(order + "I", family[kind]))))
    elif what == "raw":
        _, frames = read(args[0])
        write(args[1], 101, list(without_ethernet(frames, lambda kind: b"")))
    elif what == "nanoseconds":
        link, frames = read(args[0])
        write(args[1], link, frames, ">", True)
    elif what in ("comments", "interfaces", "sections", "blocks"):
        globals()[what](*args)
    elif what == "gzip":
        open(args[1], "wb").write(gzip.compress(open(args[0], "rb").read(), mtime=0))
    elif what == "cut":
        open(args[1], "wb").write(open(args[0], "rb").read()[: int(args[2])])
    elif what == "poke":
        data = bytearray(open(args[0], "rb").read())
        at, new = int(args[2]), bytes.fromhex(args[3])
        at += len(data) if at < 0 else 0
        data[at : at + len(new)] = new
        open(args[1], "wb").write(data)
    else:
        sys.exit(__doc__)


if __name__ == "__main__":
    main()
