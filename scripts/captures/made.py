#!/usr/bin/env python3
"""Captures made by hand, frame by frame: exchanges as a text prints them, and messages that today's programs do not send.

    made.py NAME FILE
"""

import ipaddress
import struct
import sys

A4, B4 = "192.0.2.1", "192.0.2.2"
A6, B6 = "2001:db8::1", "2001:db8::2"
MAC = {True: bytes.fromhex("020000000001"), False: bytes.fromhex("020000000002")}


def checksum(data):
    data += bytes(len(data) % 2)
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def udp(source, destination, ports, payload, to=None, forward=True):
    """An Ethernet frame with a UDP datagram over IPv4 or IPv6."""
    a, b = ipaddress.ip_address(source), ipaddress.ip_address(destination)
    length = 8 + len(payload)
    header = struct.pack(">HHH", *ports, length)
    if a.version == 4:
        pseudo = a.packed + b.packed + struct.pack(">HH", 17, length)
    else:
        pseudo = a.packed + b.packed + struct.pack(">II", length, 17)
    total = checksum(pseudo + header + b"\0\0" + payload) or 0xFFFF
    datagram = header + struct.pack(">H", total) + payload
    if a.version == 4:
        ip = struct.pack(">BBHHHBB", 0x45, 0, 20 + length, 0x1234, 0, 64, 17)
        addresses = a.packed + b.packed
        ip = ip + struct.pack(">H", checksum(ip + b"\0\0" + addresses)) + addresses
        kind = b"\x08\x00"
    else:
        ip = struct.pack(">IHBB", 6 << 28, length, 17, 64) + a.packed + b.packed
        kind = b"\x86\xdd"
    return (to or MAC[not forward]) + MAC[forward] + kind + ip + datagram


def write(path, frames):
    """Frames with their times in seconds."""
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHIIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for time, frame in frames:
            whole, part = int(time), round(time % 1 * 1_000_000)
            file.write(struct.pack("<IIII", whole, part, len(frame), len(frame)) + frame)


# ---- NTP ---------------------------------------------------------------------------------------------------------------

TO_1970 = 2_208_988_800


def stamp(time):
    """A 64-bit time of NTP."""
    seconds = int(time)
    return struct.pack(">II", seconds + TO_1970, int((time - seconds) * 2**32))


def time_message(mode, version=4, leap=0, stratum=0, poll=0, precision=0, delay=0, dispersion=0, reference=b"\0\0\0\0",
                 times=(None, None, None, None), more=b""):
    head = struct.pack(">BBBbII", leap << 6 | version << 3 | mode, stratum, poll, precision,
                       round(delay * 65536), round(dispersion * 65536))
    return head + reference + b"".join(bytes(8) if t is None else stamp(t) for t in times) + more


def ntp():
    """A client of version 2 asks a server of the pool; the answer as the text prints it."""
    client, server = "192.168.0.4", "198.51.100.123"
    asked = 1426421356.781250
    question = time_message(3, version=2, times=(None, None, None, asked))
    answer = time_message(4, version=2, stratum=2, precision=-23, delay=0.0196, dispersion=0.0370,
                          reference=bytes([213, 136, 0, 252]),
                          times=(1426420512.330078125, asked, 1426421356.804443359375, 1426421356.804504394531))
    return [
        (asked, udp(client, server, (52311, 123), question)),
        (asked + 0.041317, udp(server, client, (123, 52311), answer, forward=False)),
    ]


def extension(kind, value):
    return struct.pack(">HH", kind, 4 + len(value)) + value


def control(response, operation, data=b"", status=0, association=0, sequence=1, error=False):
    head = struct.pack(">BBHHHHH", 2 << 3 | 6, response << 7 | error << 6 | operation, sequence, status, association, 0,
                       len(data))
    return head + data + bytes(-len(data) % 4)


def private(response, request, items=(), size=0, error=0):
    head = struct.pack(">BBBBHH", response << 7 | 2 << 3 | 7, 0, 3, request, error << 12 | len(items), size)
    return head + b"".join(items)


def ntp_modes():
    """The other modes: equals, broadcast, keys, extension fields, refusal, control and private messages."""
    t = 1_600_000_000.0
    there = lambda p: udp(A4, B4, (123, 123), p)
    back = lambda p: udp(B4, A4, (123, 123), p, forward=False)
    server = dict(stratum=1, poll=6, precision=-20, delay=0, dispersion=0.001, reference=b"GPS\0")
    frames = [
        there(time_message(1, version=3, stratum=2, poll=6, precision=-18, delay=0.01, dispersion=0.02,
                           reference=bytes([192, 0, 2, 9]), times=(t - 60, None, None, t))),
        back(time_message(2, version=3, stratum=3, poll=6, precision=-18, delay=0.02, dispersion=0.04,
                          reference=bytes([192, 0, 2, 1]), times=(t - 30, t, t + 0.2, t + 0.21))),
        udp(B4, "224.0.1.1", (123, 123), time_message(5, times=(t - 5, None, None, t), **server),
            to=bytes.fromhex("01005e000101"), forward=False),
        there(time_message(3, poll=6, precision=-20, times=(None, None, None, t + 3),
                           more=struct.pack(">I", 10) + bytes(range(16)))),
        back(time_message(4, times=(t - 5, t + 3, t + 3.1, t + 3.2), more=struct.pack(">I", 10) + bytes(range(16, 32)),
                          **server)),
        there(time_message(3, poll=6, precision=-20, times=(None, None, None, t + 5),
                           more=extension(0x0104, bytes(range(32))) + extension(0x0204, bytes(range(64)))
                           + extension(0x0404, struct.pack(">HH", 16, 16) + bytes(range(32))))),
        back(time_message(4, leap=3, poll=6, reference=b"RATE", times=(None, t + 5, t + 5.1, t + 5.2))),
        there(control(0, 1)),
        back(control(1, 1, bytes.fromhex("4aef9614 4af01414"), status=0x0615)),
        there(control(0, 2, b"version,refid", association=19183, sequence=2)),
        back(control(1, 2, b'version="ntpd 4.2.8", refid=GPS,\r\nstratum=1', status=0x9614, association=19183, sequence=2)),
        there(control(0, 2, b"nothing", sequence=3)),
        back(control(1, 2, status=0x0500, sequence=3, error=True)),
        there(private(0, 42)),
        back(private(1, 42, [struct.pack(">IIII4s4sIHBBII16s16s", 64, 5, 0, 12, ipaddress.ip_address("198.51.100.%d" % n).packed,
                                         ipaddress.ip_address(B4).packed, 1, 123, 3, 4, 0, 0, bytes(16), bytes(16))
                             for n in (7, 8)], size=72)),
    ]
    return [(t + n, frame) for n, frame in enumerate(frames)]


# ---- DHCP --------------------------------------------------------------------------------------------------------------


def option(code, data):
    return bytes([code, len(data)]) + data


def addresses(*texts):
    return b"".join(ipaddress.ip_address(t).packed for t in texts)


def bootp(operation, options, number=0x3903F326, yours="0.0.0.0", server="0.0.0.0", relay="0.0.0.0", flags=0, hops=0, name=b"",
          file=b"", cookie=b"\x63\x82\x53\x63"):
    head = struct.pack(">BBBBIHH", operation, 1, 6, hops, number, 0, flags)
    return (head + addresses("0.0.0.0", yours, server, relay) + MAC[True].ljust(16, b"\0") + name.ljust(64, b"\0")
            + file.ljust(128, b"\0") + cookie + options)


def dhcp_options():
    """Offers and requests with options that everyday networks rarely show."""
    everywhere = bytes.fromhex("ffffffffffff")
    ask = lambda p, to="255.255.255.255", ports=(68, 67): udp("0.0.0.0", to, ports, p, to=everywhere)
    say = lambda p: udp(B4, A4, (67, 68), p, forward=False)
    end = b"\xff"
    pxe = option(60, b"PXEClient:Arch:00007:UNDI:003016")
    offer = option(53, b"\x02") + option(54, addresses(B4))
    messages = [
        ask(bootp(1, option(53, b"\x01") + option(61, b"\xff" + bytes(4) + b"\0\1\0\1" + bytes.fromhex("2a5f0b80") + MAC[True])
                  + option(12, b"classroom") + option(81, b"\x04\0\0\x09classroom\x07example\x03org\0") + option(77, b"\x03lab")
                  + option(57, b"\x05\xdc") + option(55, bytes([1, 3, 6, 15, 42, 51, 58, 59, 119, 121])) + end, flags=0x8000)),
        say(bootp(2, offer + option(51, struct.pack(">I", 93784)) + option(58, struct.pack(">I", 3600)) + option(59, struct.pack(">I", 6300))
                  + option(1, addresses("255.255.255.0")) + option(3, addresses("192.0.2.254")) + option(6, addresses(B4, "192.0.2.3"))
                  + option(15, b"example.org") + option(42, addresses(B4)) + option(2, struct.pack(">i", -14400))
                  + option(119, b"\x03lab\x07example\x03org\0\x05staff\xc0\x04")
                  + option(121, bytes.fromhex("18c63364") + addresses("192.0.2.253") + b"\0" + addresses("192.0.2.254"))
                  + option(33, addresses("203.0.113.7", "192.0.2.253")) + option(26, b"\x05\xdc") + option(19, b"\0") + end,
                  yours="192.0.2.7", server=B4)),
        say(bootp(2, option(53, b"\x05") + option(52, b"\x03") + end, yours="192.0.2.7",
                  name=option(66, b"tftp.example.org") + end, file=option(67, b"pxelinux.0") + end)),
        ask(bootp(1, option(53, b"\x03") + pxe + option(93, b"\0\7") + option(94, b"\1\3\x10") + option(97, b"\0" + bytes(range(16))) + end),
            to=B4, ports=(68, 4011)),
        say(bootp(2, option(53, b"\x05") + pxe + option(43, option(6, b"\x08") + option(8, b"\0\1\1" + addresses(B4))
                  + option(9, b"\0\0\x0alocal disk\0\1\x06server") + option(10, b"\x05Press F8") + option(71, b"\0\1\0\0") + end) + end,
                  file=b"grubx64.efi")),
        udp("192.0.2.129", B4, (67, 67), bootp(1, option(53, b"\x01") + option(82, option(1, b"eth3") + option(2, b"switch-7") + option(5, addresses("192.0.2.128"))
            + option(11, addresses("192.0.2.129")) + option(151, b"blue")) + option(124, struct.pack(">IB", 9, 3) + b"AP1")
            + option(125, struct.pack(">IB", 3561, 13) + option(1, b"00A0F1") + option(2, b"S12")) + end, hops=1, relay="192.0.2.129")),
        say(bootp(2, option(53, b"\x06") + option(54, addresses(B4)) + option(56, b"no address left") + end)),
        ask(bootp(1, bytes(60), cookie=bytes(4))),
        say(bootp(2, b"", yours="192.0.2.7", name=b"boot", file=b"/vmunix")),
    ]
    return [(1_600_000_100.0 + n, frame) for n, frame in enumerate(messages)]


# ---- NetBIOS names -----------------------------------------------------------------------------------------------------


def netbios(name, last, blank=b" "):
    """A NetBIOS name as it is sent: each half byte a letter."""
    raw = name.encode().ljust(15, blank) + bytes([last])
    return b"\x20" + b"".join(bytes([65 + (b >> 4), 65 + (b & 15)]) for b in raw) + b"\0"


def nbns():
    """A host registers, finds another one, asks it for all its names, and hears "no" and "wait" from a name server."""
    everybody, mac = "192.0.2.255", b"\xff" * 6
    server, names = netbios("WORKROOM", 0x1B), struct.pack(">HH", 32, 1)

    def message(number, flags, counts, *parts):
        return struct.pack(">HH4H", number, flags, *counts) + b"".join(parts)

    def record(name, kind, ttl, data):
        return name + struct.pack(">HHIH", kind, 1, ttl, len(data)) + data

    def owner(flags, address):
        return struct.pack(">H", flags) + ipaddress.ip_address(address).packed

    ports, own = (137, 137), netbios("CLIENT", 0)
    pointer = b"\xc0\x0c"
    listed = b"".join(n.encode().ljust(15) + struct.pack(">BH", last, flags) for n, last, flags in [
        ("SERVER", 0x00, 0x0400), ("WORKROOM", 0x00, 0x8400), ("SERVER", 0x20, 0x0400), ("WORKROOM", 0x1E, 0x8400)])
    counts = MAC[False] + bytes(40)
    frames = [
        udp(A4, everybody, ports, message(1, 0x2910, (1, 0, 0, 1), own, names, record(pointer, 32, 300000, owner(0, A4))), mac),
        udp(A4, everybody, ports, message(2, 0x0110, (1, 0, 0, 0), netbios("SERVER", 0x20), names), mac),
        udp(B4, A4, ports, message(2, 0x8500, (0, 1, 0, 0), record(netbios("SERVER", 0x20), 32, 300000, owner(0, B4))), forward=False),
        udp(A4, B4, ports, message(3, 0, (1, 0, 0, 0), netbios("*", 0, b"\0"), struct.pack(">HH", 33, 1))),
        udp(B4, A4, ports, message(3, 0x8400, (0, 1, 0, 0), record(netbios("*", 0, b"\0"), 33, 0, b"\x04" + listed + counts)), forward=False),
        udp(A4, B4, ports, message(4, 0x2900, (1, 0, 0, 1), server, names, record(pointer, 32, 300000, owner(0x6000, A4)))),
        udp(B4, A4, ports, message(4, 0xBC00, (0, 1, 0, 0), record(server, 32, 5, b"\x29\x00")), forward=False),
        udp(B4, A4, ports, message(4, 0xAD86, (0, 1, 0, 0), record(server, 32, 0, owner(0x6000, A4))), forward=False),
        udp(A4, B4, ports, message(5, 0x3000, (1, 0, 0, 1), own, names, record(pointer, 32, 0, owner(0x6000, A4)))),
        udp(B4, A4, ports, message(5, 0xB400, (0, 1, 0, 0), record(own, 32, 0, owner(0x6000, A4))), forward=False),
    ]
    return [(1426421356 + 0.25 * i, frame) for i, frame in enumerate(frames)]


MADE = {"nbns": nbns, "ntp": ntp, "ntp-modes": ntp_modes, "dhcp-options": dhcp_options}

if __name__ == "__main__":
    write(sys.argv[2], MADE[sys.argv[1]]())
