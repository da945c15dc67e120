#!/usr/bin/env python3
"""The asking side (and a few plain servers) of the captures. Usage: client.py EXCHANGE [ARGUMENT]..."""

import socket
import struct
import sys
import time


def connect(address, port, **options):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    s = socket.socket(family, socket.SOCK_STREAM)
    for name, value in options.items():
        s.setsockopt(*{"rcvbuf": (socket.SOL_SOCKET, socket.SO_RCVBUF)}[name], value)
    s.settimeout(20)
    s.connect((address, int(port)))
    return s


def listen(address, port, rcvbuf=None):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    s = socket.socket(family, socket.SOCK_STREAM)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if rcvbuf:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, rcvbuf)
    s.bind((address, int(port)))
    s.listen()
    return s


def tcp_echo_server(address, port):
    listener = listen(address, port)
    while True:
        conn, _ = listener.accept()
        try:
            while data := conn.recv(4096):
                conn.sendall(data)
        except ConnectionResetError:
            pass
        conn.close()


def tcp_echo(address, port):
    with connect(address, port) as s:
        for line in (b"hello\r\n", b"how are you?\r\n", b"bye\r\n"):
            s.sendall(line)
            s.recv(100)


def tcp_refused(address, port):
    try:
        connect(address, port)
    except ConnectionRefusedError:
        pass


def tcp_abort(address, port):
    """Close with a reset instead of the usual farewell."""
    s = connect(address, port)
    s.sendall(b"I leave without a word\r\n")
    s.recv(100)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    s.close()


def tcp_half_close(address, port):
    """One side ends early and still listens: the echo of the last words comes after its FIN."""
    with connect(address, port) as s:
        s.sendall(b"last words\r\n")
        s.shutdown(socket.SHUT_WR)
        while s.recv(100):
            pass


def tcp_keep_alive(address, port):
    with connect(address, port) as s:
        s.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 1)
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
        s.sendall(b"are you there?\r\n")
        s.recv(100)
        time.sleep(2.5)


def tcp_urgent(address, port):
    with connect(address, port) as s:
        s.sendall(b"take your time")
        s.recv(100)
        s.send(b"!", socket.MSG_OOB)
        time.sleep(0.1)


def tcp_sink_server(address, port):
    listener = listen(address, port)
    while True:
        conn, _ = listener.accept()
        with conn:
            while conn.recv(65536):
                pass


def tcp_send(address, port, count, pause="0"):
    """Segments of 1000 bytes, each with its number in front."""
    with connect(address, port) as s:
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for n in range(int(count)):
            s.sendall(b"segment %04d " % n + b"." * 986 + b"\n")
            time.sleep(float(pause))
        s.shutdown(socket.SHUT_WR)
        while s.recv(100):
            pass


def tcp_burst(address, port, size):
    """As much at once as the congestion window lets through."""
    with connect(address, port) as s:
        s.sendall(b"".join(b"line %04d\n" % n for n in range(int(size) // 10)))
        s.shutdown(socket.SHUT_WR)
        while s.recv(100):
            pass


def tcp_slow_server(address, port):
    """A reader who does not read for a while: its window fills up."""
    listener = listen(address, port, rcvbuf=4096)
    conn, _ = listener.accept()
    with conn:
        time.sleep(2.2)
        while conn.recv(65536):
            pass


def udp_echo_server(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    s = socket.socket(family, socket.SOCK_DGRAM)
    s.bind((address, int(port)))
    while True:
        data, who = s.recvfrom(65535)
        s.sendto(data, who)


def udp_echo(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    s = socket.socket(family, socket.SOCK_DGRAM)
    s.settimeout(2)
    for data in (b"one", b"", b"three and some more words"):
        s.sendto(data, (address, int(port)))
        s.recvfrom(65535)


def udp_closed(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    s = socket.socket(family, socket.SOCK_DGRAM)
    s.settimeout(0.3)
    s.connect((address, int(port)))
    try:
        s.send(b"is anybody there?")
        s.recv(100)
    except OSError:
        pass


def udp_big(address, port):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    s = socket.socket(family, socket.SOCK_DGRAM)
    s.settimeout(2)
    s.sendto(b"".join(b"line %04d\n" % n for n in range(400)), (address, int(port)))
    s.recvfrom(65535)


def http_pipeline(address, port):
    """Three requests in one breath; the answers come in the same order."""
    with connect(address, port) as s:
        paths = ("/text", "/teapot", "/gzip")
        ends = ("keep-alive", "keep-alive", "close")
        s.sendall(b"".join(b"GET %s HTTP/1.1\r\nHost: www.example.org\r\nConnection: %s\r\n\r\n" % (p.encode(), e.encode())
                           for p, e in zip(paths, ends)))
        while s.recv(65536):
            pass


def http_split(address, port):
    """A request that arrives in bits: head and body over six segments."""
    with connect(address, port) as s:
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        for part in (b"POST /a HT", b"TP/1.1\r\nHost: www.exam", b"ple.org\r\nConnection: close\r\nContent-Type: text/plain\r",
                     b"\nContent-Length: 20\r\n\r", b"\nten bytes\n", b"ten bytes\n"):
            s.sendall(part)
            time.sleep(0.02)
        while s.recv(65536):
            pass


def dns_name(text):
    return b"".join(bytes([len(part)]) + part.encode() for part in text.split(".") if part) + b"\0"


def dns_query(owner, kind, ident, edns=None, flags=0x0100, cls=1):
    more = b""
    if edns is not None:
        more = b"\0" + struct.pack(">HHBBHH", 41, 1232, 0, 0, 0x8000, len(edns)) + edns
    head = struct.pack(">6H", ident, flags, 1, 0, 0, 1 if more else 0)
    return head + dns_name(owner) + struct.pack(">HH", kind, cls) + more


def dns(address, port, *questions):
    """Each question is NAME/TYPE, with /edns behind it for EDNS with a cookie."""
    s = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(2)
    s.bind(("::" if ":" in address else "", 40053))
    for n, question in enumerate(questions):
        owner, kind, *edns = question.split("/")
        cookie = struct.pack(">HH", 10, 8) + b"\1\2\3\4\5\6\7\x08" if edns else None
        query = dns_query(owner, int(kind), 0x1001 + n, cookie)
        s.sendto(query, (address, int(port)))
        reply, _ = s.recvfrom(4096)
        if reply[2] & 2:
            with connect(address, port) as t:
                # Two questions on one connection, and the second split in the middle of its length.
                second = dns_query("www.example.org", 1, 0x2000 + n)
                wire = struct.pack(">H", len(query)) + query + struct.pack(">H", len(second)) + second
                t.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                t.sendall(wire[: len(query) + 3])
                time.sleep(0.05)
                t.sendall(wire[len(query) + 3 :])
                time.sleep(0.2)
                t.recv(65536)


def multicast_query(address, group, port, ident, *questions):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.settimeout(1)
    s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 255 if port == "5353" else 1)
    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_LOOP, 0)
    s.bind((address, 5353 if port == "5353" else 0))
    for n, question in enumerate(questions):
        owner, kind = question.split("/")
        number = int(ident, 16)
        s.sendto(dns_query(owner, int(kind), number + n if number else 0, flags=0), (group, int(port)))
        time.sleep(0.2)


def join(address, group, seconds="1.2", source=None):
    """Join a group (IPv4: IGMP, IPv6: MLD) and leave it again. The IPv6 address is the interface's name."""
    if ":" in group:
        s = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
        member = socket.inet_pton(socket.AF_INET6, group) + struct.pack("I", socket.if_nametoindex(address))
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, member)
        time.sleep(float(seconds))
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_LEAVE_GROUP, member)
    else:
        s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        member = socket.inet_aton(group) + socket.inet_aton(address)
        join_option, leave_option = socket.IP_ADD_MEMBERSHIP, socket.IP_DROP_MEMBERSHIP
        if source:
            # struct ip_mreq_source: group, interface, source; Python has no names for these options of Linux
            member, join_option, leave_option = member + socket.inet_aton(source), 39, 40
        s.setsockopt(socket.IPPROTO_IP, join_option, member)
        time.sleep(float(seconds))
        s.setsockopt(socket.IPPROTO_IP, leave_option, member)
    time.sleep(0.6)


def checksum(data):
    total = sum(struct.unpack(">%dH" % (len(data) // 2), data + b"\0" * (len(data) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def igmp_query(address, version="3"):
    """What a multicast router asks now and then."""
    s = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_IGMP)
    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
    s.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_TTL, 1)
    s.setsockopt(socket.IPPROTO_IP, socket.IP_OPTIONS, b"\x94\4\0\0")  # Router Alert
    body = struct.pack(">BBH4s", 0x11, 5, 0, b"\0" * 4)
    if version == "3":
        body += struct.pack(">BBH", 2, 10, 0)
    body = body[:2] + struct.pack(">H", checksum(body)) + body[4:]
    s.sendto(body, ("224.0.0.1", 0))
    time.sleep(1)


def icmp6(device, group, body, hops=255, hop_by_hop=None):
    s = socket.socket(socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6)
    if hop_by_hop:
        s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_HOPOPTS, hop_by_hop)
    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_HOPS, hops)
    s.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, socket.if_nametoindex(device))
    s.sendto(body, (group, 0, 0, socket.if_nametoindex(device)))
    time.sleep(0.3)


def router_solicitation(device):
    icmp6(device, "ff02::2", bytes([133, 0, 0, 0, 0, 0, 0, 0, 1, 1]) + bytes.fromhex("020000000001"))


def router_advertisement(device):
    """Hop limit, MTU, a prefix, a route, name servers and a search list."""
    prefix = socket.inet_pton(socket.AF_INET6, "2001:db8:0:1::")
    body = struct.pack(">BBHBBHII", 134, 0, 0, 64, 0x48, 1800, 30000, 1000)
    body += b"\1\1" + bytes.fromhex("020000000002")
    body += struct.pack(">BBHI", 5, 1, 0, 1500)
    body += struct.pack(">BBBBIII16s", 3, 4, 64, 0xC0, 86400, 14400, 0, prefix)
    body += struct.pack(">BBBBI8s", 24, 2, 48, 0x08, 1800, socket.inet_pton(socket.AF_INET6, "2001:db8:5::")[:8])
    body += struct.pack(">BBHI16s", 25, 3, 0, 1800, socket.inet_pton(socket.AF_INET6, "2001:db8::53"))
    body += struct.pack(">BBHI16s", 31, 3, 0, 1800, b"\7example\3org\0\0\0\0")
    icmp6(device, "ff02::1", body)


def mld_query(device):
    icmp6(device, "ff02::1", struct.pack(">BBHHH16sBBH", 130, 0, 0, 500, 0, b"\0" * 16, 2, 10, 0), hops=1,
          hop_by_hop=b"\0\0\5\2\0\0\1\0")  # Router Alert, which listeners insist on


def snap(device):
    """Two frames of IEEE 802.3: LLC alone, and SNAP around IPv4 (RFC 1042)."""
    s = socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
    s.bind((device, 0))
    ends = bytes.fromhex("020000000002020000000001")
    test = bytes([0xAA, 0xAA, 0xF3]) + b"an LLC TEST frame"
    s.send((ends + struct.pack(">H", len(test)) + test).ljust(60, b"\0"))
    udp = struct.pack(">HHHH", 40000, 9, 8 + 7, 0) + b"discard"
    ip = struct.pack(">BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 1, 0, 64, 17, 0, socket.inet_aton("192.0.2.1"), socket.inet_aton("192.0.2.2"))
    ip = ip[:10] + struct.pack(">H", checksum(ip)) + ip[12:]
    body = bytes([0xAA, 0xAA, 3, 0, 0, 0, 8, 0]) + ip + udp
    s.send((ends + struct.pack(">H", len(body)) + body).ljust(60, b"\0"))


SSDP4, SSDP6 = "239.255.255.250", "ff02::c"
DEVICE = "urn:schemas-upnp-org:device:InternetGatewayDevice:1"


def ssdp_server(device, address):
    """A router that answers searches over IPv4 and IPv6."""
    four, six = socket.socket(socket.AF_INET, socket.SOCK_DGRAM), socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    for s in (four, six):
        s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    four.bind(("", 1900))
    six.bind(("::", 1900))
    four.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, socket.inet_aton(SSDP4) + socket.inet_aton(address))
    index = socket.if_nametoindex(device)
    six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_JOIN_GROUP, socket.inet_pton(socket.AF_INET6, SSDP6) + struct.pack("@I", index))
    import select

    while True:
        for s in select.select([four, six], [], [])[0]:
            message, asker = s.recvfrom(2048)
            if not message.startswith(b"M-SEARCH"):
                continue
            s.sendto(
                b"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=1800\r\nEXT:\r\n"
                + f"LOCATION: http://{address}:49152/root.xml\r\nSERVER: Linux/6.1 UPnP/1.1 router/1.0\r\n".encode()
                + f"ST: {DEVICE}\r\nUSN: uuid:2fac1234-31f8-11b4-a222-08002b34c003::{DEVICE}\r\n\r\n".encode(),
                asker,
            )


def ssdp(device, address):
    """Who is a router here? Asked twice over IPv6 and once over IPv4; then a device says goodbye."""
    index = socket.if_nametoindex(device)

    def search(host):
        return (
            f'M-SEARCH * HTTP/1.1\r\nHOST: {host}:1900\r\nMAN: "ssdp:discover"\r\nMX: 1\r\nST: {DEVICE}\r\n'
            "USER-AGENT: Linux/6.1 UPnP/1.1 search/1.0\r\n\r\n"
        ).encode()

    six = socket.socket(socket.AF_INET6, socket.SOCK_DGRAM)
    six.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_MULTICAST_IF, index)
    six.settimeout(2)
    for _ in range(2):
        six.sendto(search(f"[{SSDP6.upper()}]"), (SSDP6, 1900))
        six.recv(2048)
    four = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    four.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, socket.inet_aton(address))
    four.settimeout(2)
    four.sendto(search(SSDP4), (SSDP4, 1900))
    four.recv(2048)
    goodbye = f"NOTIFY * HTTP/1.1\r\nHOST: {SSDP4}:1900\r\nNT: upnp:rootdevice\r\nNTS: ssdp:byebye\r\nUSN: uuid:2fac1234-31f8-11b4-a222-08002b34c004::upnp:rootdevice\r\n\r\n"
    four.sendto(goodbye.encode(), (SSDP4, 1900))


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
