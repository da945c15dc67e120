#!/usr/bin/env python3
"""A name server with one page of records, over UDP and TCP, made to show every kind of record.

Usage: dns_server.py ADDRESS PORT        (IPv4 or IPv6)
       dns_server.py multicast ADDRESS PORT GROUP    (answers what is asked of a group: mDNS, LLMNR)
"""

import socket
import struct
import sys
import threading

A, NS, CNAME, SOA, PTR, HINFO, MX, TXT, AAAA, LOC, SRV, NAPTR = 1, 2, 5, 6, 12, 13, 15, 16, 28, 29, 33, 35
DNAME, OPT, DS, SSHFP, RRSIG, NSEC, DNSKEY, TLSA, SVCB, HTTPS, CAA = 39, 41, 43, 44, 46, 47, 48, 52, 64, 65, 257
ANY = 255


def name(text):
    return b"".join(bytes([len(part)]) + part.encode() for part in text.split(".") if part) + b"\0"


def text(*parts):
    return b"".join(bytes([len(p)]) + p.encode() for p in parts)


def v4(address):
    return socket.inet_aton(address)


def v6(address):
    return socket.inet_pton(socket.AF_INET6, address)


def param(key, value):
    return struct.pack(">HH", key, len(value)) + value


DIGEST = bytes(range(32))
ZONE = {
    ("www.example.org", A): [v4("192.0.2.80"), v4("192.0.2.81")],
    ("www.example.org", AAAA): [v6("2001:db8::80")],
    ("alias.example.org", CNAME): [name("www.example.org")],
    ("example.org", MX): [b"\0\x0a" + name("mail.example.org"), b"\0\x14" + name("backup.example.net")],
    ("example.org", NS): [name("ns1.example.org"), name("ns2.example.org")],
    ("example.org", TXT): [text("v=spf1 ip4:192.0.2.0/24 -all"), text("two", "strings")],
    ("example.org", SOA): [
        name("ns1.example.org") + name("hostmaster.example.org") + struct.pack(">5I", 2024010101, 7200, 3600, 1209600, 300)
    ],
    ("80.2.0.192.in-addr.arpa", PTR): [name("www.example.org")],
    ("_http._tcp.example.org", SRV): [struct.pack(">3H", 10, 60, 8080) + name("www.example.org")],
    ("host.example.org", HINFO): [text("PDP-11", "UNIX")],
    ("host.example.org", LOC): [struct.pack(">4B3I", 0, 0x12, 0x16, 0x13, 0x8B0D2C8C, 0x7F8CFA74, 10000000)],
    ("example.org", NAPTR): [struct.pack(">HH", 100, 10) + text("S", "SIP+D2U", "") + name("_sip._udp.example.org")],
    ("old.example.org", DNAME): [name("new.example.org")],
    ("example.org", CAA): [b"\0\x05issueca.example.net", b"\x80\x05iodefmailto:security@example.org"],
    ("host.example.org", SSHFP): [b"\x04\x02" + DIGEST],
    ("_443._tcp.www.example.org", TLSA): [b"\x03\x01\x01" + DIGEST],
    ("example.org", DS): [struct.pack(">HBB", 12345, 13, 2) + DIGEST],
    ("example.org", DNSKEY): [struct.pack(">HBB", 257, 3, 13) + DIGEST + DIGEST],
    ("example.org", RRSIG): [
        struct.pack(">HBBIIIH", SOA, 13, 2, 300, 1735689600, 1733011200, 12345) + name("example.org") + DIGEST + DIGEST
    ],
    ("example.org", NSEC): [name("alias.example.org") + b"\0\x06\x62\x01\x80\x08\0\x03"],
    ("www.example.org", HTTPS): [
        b"\0\x01"
        + name("")
        + param(1, text("h2", "h3"))
        + param(3, b"\x20\xfb")
        + param(4, v4("192.0.2.80") + v4("192.0.2.81"))
        + param(6, v6("2001:db8::80"))
    ],
    ("_dns.example.org", SVCB): [b"\0\x10" + name("dot.example.org") + param(0, b"\0\x01") + param(1, text("dot")) + param(7, b"/q{?dns}")],
    ("alias-form.example.org", HTTPS): [b"\0\0" + name("www.example.org")],
    ("big.example.org", TXT): [text("record %02d: " % n + "x" * 60) for n in range(20)],
    # What devices say about themselves on the local link.
    ("printer.local", A): [v4("192.0.2.9")],
    ("printer.local", AAAA): [v6("fe80::9")],
    ("_ipp._tcp.local", PTR): [name("Lab Printer._ipp._tcp.local")],
    ("Lab Printer._ipp._tcp.local", SRV): [struct.pack(">3H", 0, 0, 631) + name("printer.local")],
    ("Lab Printer._ipp._tcp.local", TXT): [text("txtvers=1", "rp=printers/lab", "pdl=application/pdf")],
    ("classroom", A): [v4("192.0.2.2")],
}


class Message:
    """A message under construction; names are compressed where they occurred before."""

    def __init__(self):
        self.bytes = bytearray(12)
        self.known = {}

    def name(self, full):
        labels = [part for part in full.split(".") if part]
        for i in range(len(labels)):
            rest = ".".join(labels[i:]).lower()
            if rest in self.known:
                self.bytes += struct.pack(">H", 0xC000 | self.known[rest])
                return
            self.known[rest] = len(self.bytes)
            self.bytes += bytes([len(labels[i])]) + labels[i].encode()
        self.bytes += b"\0"

    def record(self, owner, kind, data, ttl=300, cls=1):
        self.name(owner)
        self.bytes += struct.pack(">HHIH", kind, cls, ttl, len(data)) + data


def read_name(message, at):
    labels = []
    while message[at]:
        if message[at] >= 0xC0:  # good queries of ours are not compressed, others may be
            rest, _ = read_name(message, (message[at] & 0x3F) << 8 | message[at + 1])
            return ".".join(labels + [rest]), at + 2
        labels.append(message[at + 1 : at + 1 + message[at]].decode("latin-1"))
        at += 1 + message[at]
    return ".".join(labels), at + 1


def answer(query, udp, multicast=False):
    """The answer to a query, or None if (on a group) it is not ours to give."""
    ident, flags, questions, _, _, more = struct.unpack(">6H", query[:12])
    if flags & 0x8000 or not questions:
        return None
    owner, at = read_name(query, 12)
    kind, cls = struct.unpack(">HH", query[at : at + 4])
    edns = more and query[at + 4 : at + 7] == b"\0\0\x29"
    limit = struct.unpack(">H", query[at + 7 : at + 9])[0] if edns else 512
    message, records, authority, additional = Message(), 0, 0, 0
    opcode = flags >> 11 & 15
    code = 0
    mdns = multicast and ident == 0
    flush = 0x8001 if mdns else 1
    if not mdns:
        message.name(owner)
        message.bytes += struct.pack(">HH", kind, cls)
    if opcode:
        code = 4
    elif not multicast and not owner.lower().endswith(("example.org", "192.in-addr.arpa")):
        code = 5
    else:
        target = owner
        while (target, CNAME) in ZONE and kind != CNAME:
            data = ZONE[(target, CNAME)][0]
            message.record(target, CNAME, data)
            records, target = records + 1, read_name(data, 0)[0]
        kinds = sorted({k for n, k in ZONE if n == target}) if kind == ANY else [kind]
        for k in kinds:
            for data in ZONE.get((target, k), []):
                message.record(target, k, data, 120 if mdns else 300, 1 if k == PTR else flush)
                records += 1
        if not records:
            if multicast:
                return None
            known = any(n == target for n, _ in ZONE)
            code = 0 if known else 3
            message.record("example.org", SOA, ZONE[("example.org", SOA)][0])
            authority = 1
        elif mdns and kind == PTR:
            instance = "Lab Printer._ipp._tcp.local"
            for n, k in ((instance, SRV), (instance, TXT), ("printer.local", A)):
                message.record(n, k, ZONE[(n, k)][0], 120, flush)
                additional += 1
        elif kind == MX:
            message.record("mail.example.org", A, v4("192.0.2.25"))
            additional = 1
    if edns:
        # The server's own limit, the DO bit given back, a cookie and an extended error.
        options = struct.pack(">HH", 10, 16) + query[-8:] + b"wireglas" if query[-12:-10] == b"\0\x0a" else b""
        if code == 5:
            options += struct.pack(">HHH", 15, 2 + 14, 20) + b"not our zone.."
        message.bytes += b"\0" + struct.pack(">HHBBHH", OPT, 1232, 0, 0, 0x8000, len(options)) + options
        additional += 1
    truncated = udp and len(message.bytes) > limit
    if truncated:
        message = Message()
        message.name(owner)
        message.bytes += struct.pack(">HH", kind, cls)
        records = authority = additional = 0
    bits = 0x8400 | (flags & 0x7910) | (0x0200 if truncated else 0) | code
    struct.pack_into(">6H", message.bytes, 0, ident, bits, 0 if mdns else 1, records, authority, additional)
    return bytes(message.bytes)


def serve_tcp(listener):
    while True:
        conn, _ = listener.accept()
        with conn:
            data = b""
            while part := conn.recv(4096):
                data += part
                while len(data) >= 2 and len(data) >= 2 + int.from_bytes(data[:2], "big"):
                    length = int.from_bytes(data[:2], "big")
                    reply = answer(data[2 : 2 + length], udp=False)
                    data = data[2 + length :]
                    conn.sendall(struct.pack(">H", len(reply)) + reply)


def main():
    multicast = sys.argv[1] == "multicast"
    if multicast:
        sys.argv.pop(1)
    address, port = sys.argv[1], int(sys.argv[2])
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    udp = socket.socket(family, socket.SOCK_DGRAM)
    udp.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if multicast:
        group = sys.argv[3]
        udp.bind((group, port))
        udp.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, v4(group) + v4(address))
        udp.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, v4(address))
        out = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        out.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        out.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255)
        out.bind((address, port))
    else:
        udp.bind((address, port))
        out = udp
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((address, port))
        listener.listen()
        threading.Thread(target=serve_tcp, args=(listener,), daemon=True).start()
    while True:
        query, who = udp.recvfrom(4096)
        reply = answer(query, True, multicast)
        if reply:
            # mDNS answers the group, LLMNR and DNS answer who asked.
            out.sendto(reply, (group, port) if multicast and query[:2] == b"\0\0" else who)


if __name__ == "__main__":
    main()
