#!/usr/bin/env python3
"""A cable between two network namespaces, made of two TAP (or TUN) devices and this loop.

The kernel's own way to lose frames (netem) and to tag them (8021q) are modules that not every machine has. This cable needs
neither, and it does to each frame exactly what it is told, so a capture can be made again.

    wire.py NS:DEVICE NS:DEVICE [--tun] [--mtu N] [--tag TYPE:ID[:PRIORITY]]... [--record FILE] [RULE]...

A rule is DIRECTION:ACTION:COUNT[:MORE]; the direction is `ab` or `ba`, and COUNT counts from 1 the frames that carry TCP
data in that direction:

    ab:drop:5       the fifth is lost
    ab:drop:5:7     the fifth to the seventh are lost
    ab:twice:9      the ninth arrives twice
    ab:hold:12:2    the twelfth arrives after the two that follow it

With `--record`, what is on the cable is written there (pcap, Ethernet), with the VLAN tags that `--tag` puts on every frame
while it is on the cable, outermost first: the cable is then a trunk between two switches.
"""

import argparse
import ctypes
import fcntl
import os
import select
import struct
import sys
import time

TUNSETIFF = 0x400454CA
IFF_TUN, IFF_TAP, IFF_NO_PI = 1, 2, 0x1000
libc = ctypes.CDLL(None, use_errno=True)


def device(end, tun):
    """A TAP device inside a namespace; the descriptor stays good after we have left the namespace."""
    namespace, name = end.split(":")
    home = os.open("/proc/self/ns/net", os.O_RDONLY)
    there = os.open("/run/netns/" + namespace, os.O_RDONLY)
    if libc.setns(there, 0):
        raise OSError(ctypes.get_errno(), "setns " + namespace)
    fd = os.open("/dev/net/tun", os.O_RDWR)
    kind = IFF_TUN if tun else IFF_TAP
    fcntl.ioctl(fd, TUNSETIFF, struct.pack("16sH22x", name.encode(), kind | IFF_NO_PI))
    libc.setns(home, 0)
    os.close(home)
    os.close(there)
    return fd


def carries_tcp_data(frame):
    """Whether this is an Ethernet frame with a TCP segment that has a payload."""
    if frame[12:14] == b"\x08\x00" and frame[23] == 6:
        ip = 14
        length = int.from_bytes(frame[16:18], "big") - (frame[14] & 15) * 4
        tcp = ip + (frame[14] & 15) * 4
    elif frame[12:14] == b"\x86\xdd" and frame[20] == 6:
        length = int.from_bytes(frame[18:20], "big")
        tcp = 54
    else:
        return False
    return length > (frame[tcp + 12] >> 4) * 4


class Way:
    """One direction of the cable."""

    def __init__(self, out, rules):
        self.out, self.rules, self.seen, self.held = out, rules, 0, []

    def put(self, frame):
        try:
            os.write(self.out, frame)
        except OSError:
            pass  # the far device is not up yet

    def carry(self, frame):
        if not carries_tcp_data(frame):
            return self.put(frame)
        self.seen += 1
        for action, first, last in self.rules:
            if action == "drop" and first <= self.seen <= last:
                return None
            if action == "twice" and first == self.seen:
                self.put(frame)
            if action == "hold" and first == self.seen:
                self.held.append((self.seen + last, frame))
                return None
        self.put(frame)
        for due, late in [h for h in self.held if h[0] <= self.seen]:
            self.held.remove((due, late))
            self.put(late)
        return None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("a")
    parser.add_argument("b")
    parser.add_argument("rules", nargs="*")
    parser.add_argument("--tun", action="store_true")
    parser.add_argument("--tag", action="append", default=[])
    parser.add_argument("--record")
    args = parser.parse_args()

    rules = {"ab": [], "ba": []}
    for rule in args.rules:
        way, action, first, *more = rule.split(":")
        last = int(more[0]) if more else (int(first) if action == "drop" else 0)
        rules[way].append((action, int(first), last))
    a, b = device(args.a, args.tun), device(args.b, args.tun)
    ways = {a: Way(b, rules["ab"]), b: Way(a, rules["ba"])}

    tags = b""
    for tag in args.tag:
        kind, vlan, *priority = tag.split(":")
        tci = (int(priority[0]) if priority else 0) << 13 | int(vlan)
        tags += struct.pack(">HH", int(kind, 16), tci)
    record = None
    if args.record:
        record = open(args.record, "wb", buffering=0)
        record.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))

    print("ready", flush=True)
    while True:
        for fd in select.select(list(ways), [], [])[0]:
            frame = os.read(fd, 65535)
            if record:
                tagged = frame[:12] + tags + frame[12:]
                now = time.time_ns() // 1000
                record.write(struct.pack("<IIII", now // 10**6, now % 10**6, len(tagged), len(tagged)) + tagged)
            ways[fd].carry(frame)


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        sys.exit(0)
