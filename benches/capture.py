#!/usr/bin/env python3
"""Flood a link and see what tcpdump, dumpcap and Wireglass keep of it, and how much processor time they take.

    sudo python3 benches/capture.py [--link lo|veth] [--program PATH] [--seconds N] [--rounds N] RATE:BYTES:SENDERS...
    sudo python3 benches/capture.py --link veth --steps BYTES       steps the rate up until tcpdump loses
    sudo python3 benches/capture.py --link veth --window RATE:BYTES:SENDERS      with the window open and showing (needs Xvfb)
    sudo python3 benches/capture.py --delay                         how late a frame of a slow link is in the file

RATE is datagrams a second of each sender, 0 for as fast as it goes. Sends to the loopback interface, or through a pair of
interfaces between two network namespaces that are made for it and removed afterwards.
"""

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SENDER = """
import socket, sys, time
host, port, rate, seconds, size = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), float(sys.argv[4]), int(sys.argv[5])
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect((host, port))
payload, start, sent = b"x" * size, time.perf_counter(), 0
while (elapsed := time.perf_counter() - start) < seconds:
    due = int(rate * elapsed) if rate else sent + 200
    if due <= sent:
        time.sleep(0.0005)
    for _ in range(min(due - sent, 500)):
        s.send(payload)
        sent += 1
print(sent)
"""

# A socket that takes the port and reads nothing, so that nobody answers that the port is closed.
SINK = """
import socket, time, sys
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.bind((sys.argv[1], int(sys.argv[2])))
print("ready", flush=True)
time.sleep(86400)
"""

PORT = 40077
STEPS = [10_000, 25_000, 50_000, 75_000, 100_000, 150_000, 200_000, 300_000]


def sh(command, check=True):
    return subprocess.run(command, shell=True, check=check, capture_output=True, text=True)


class Link:
    """Loopback, or a veth pair between two namespaces: where to send, where to capture."""

    def __init__(self, kind):
        self.kind = kind
        self.sends, self.captures = [], []
        self.host, self.interface = "127.0.0.1", "lo"
        if kind == "veth":
            a, b = f"wgbench{os.getpid()}a", f"wgbench{os.getpid()}b"
            self.names = [a, b]
            self.host, self.interface = "10.213.77.2", "vb"
            self.sends, self.captures = ["ip", "netns", "exec", a], ["ip", "netns", "exec", b]
            sh(f"ip netns add {a} && ip netns add {b}")
            sh(f"ip -n {a} link add va type veth peer name vb netns {b}")
            for name, end, address in ((a, "va", "10.213.77.1/24"), (b, "vb", "10.213.77.2/24")):
                sh(f"ip netns exec {name} sysctl -qw net.ipv6.conf.all.disable_ipv6=1", check=False)
                sh(f"ip -n {name} addr add {address} dev {end} && ip -n {name} link set {end} up && ip -n {name} link set lo up")
        self.sink = subprocess.Popen(
            [*self.captures, sys.executable, "-c", SINK, self.host, str(PORT)], stdout=subprocess.PIPE
        )
        self.sink.stdout.readline()

    def close(self):
        self.sink.kill()
        self.sink.wait()
        if self.kind == "veth":
            for name in self.names:
                sh(f"ip netns del {name}", check=False)

    def flood(self, rate, size, senders, seconds):
        arguments = [self.host, str(PORT), str(rate), str(seconds), str(size)]
        started = [
            subprocess.Popen([*self.sends, sys.executable, "-c", SENDER, *arguments], stdout=subprocess.PIPE)
            for _ in range(senders)
        ]
        return sum(int(sender.communicate()[0]) for sender in started)


def tools(program, link, folder):
    chosen = f"udp dst port {PORT}"
    on = link.interface
    return {
        "tcpdump": ["tcpdump", "-i", on, "-w", f"{folder}/t.pcap", chosen],
        "dumpcap": ["dumpcap", "-i", on, "-f", chosen, "-w", f"{folder}/d.pcapng", "-q"],
        "wireglass": [program, "capture", "-i", on, "-f", chosen, "-w", f"{folder}/w.pcapng"],
    }


def run(name, command, link, rate, size, senders, seconds):
    """Returns how many were lost."""
    # The program itself, not `ip netns exec`, is what is waited for and measured: it replaces itself by it.
    capture = subprocess.Popen([*link.captures, *command], stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    time.sleep(0.8)
    sent = link.flood(rate, size, senders, seconds)
    time.sleep(1.3)  # tcpdump lets the kernel hold frames back for a second
    capture.send_signal(signal.SIGINT)
    words = capture.stderr.read().decode()
    _, _, usage = os.wait4(capture.pid, 0)
    found = re.search(r"(\d+) packets? captured", words) or re.search(r"Packets captured: (\d+)", words)
    if not found:
        sys.exit(f"{name} did not say what it captured:\n{words}")
    kept = int(found.group(1))
    used = usage.ru_utime + usage.ru_stime
    print(
        f"{link.kind:5}{name:10} {senders} x {rate or 'all':>7}/s of {size:5} bytes: sent {sent:8}, kept {kept:8}, "
        f"lost {sent - kept:7}, {used:.3f} s, {used / max(kept, 1) * 1e9:5.0f} ns a frame",
        flush=True,
    )
    return sent - kept


def steps(chosen, link, folder, size):
    """The rate goes up until tcpdump loses, and one step beyond."""
    lost = 0
    for rate in STEPS:
        senders = 1 if rate < 100_000 else 2
        for name, command in tools(chosen.program, link, folder).items():
            missing = run(name, command, link, rate // senders, size, senders, chosen.seconds)
            lost += missing if name == "tcpdump" else 0
        if lost:
            return


def window(chosen, link, folder, flood):
    """The window follows a flood; what is in its file, and a picture of its counters."""
    rate, size, senders = flood
    display = f":{90 + os.getpid() % 100}"
    screen = subprocess.Popen(["Xvfb", display, "-screen", "0", "1280x800x24"], stderr=subprocess.DEVNULL)
    time.sleep(1)
    surroundings = dict(os.environ, DISPLAY=display, XDG_CACHE_HOME=folder, XDG_CONFIG_HOME=folder, LIBGL_ALWAYS_SOFTWARE="1")
    surroundings.pop("WAYLAND_DISPLAY", None)
    command = [chosen.program, "-i", link.interface, "-k", "-f", f"udp dst port {PORT}"]
    shown = subprocess.Popen([*link.captures, *command], env=surroundings, stderr=subprocess.DEVNULL)
    try:
        time.sleep(4)
        sent = link.flood(rate, size, senders, chosen.seconds)
        time.sleep(2)
        if chosen.picture:
            sh(f"DISPLAY={display} import -window root {chosen.picture}", check=False)
    finally:
        shown.kill()
        _, _, usage = os.wait4(shown.pid, 0)
        screen.kill()
        screen.wait()
    (file,) = Path(folder, "wireglass").glob("*.pcapng")
    read = subprocess.run(
        [chosen.program, "read", str(file), "-T", "fields", "-e", "frame.number"], stdout=subprocess.PIPE, check=False
    )
    kept = read.stdout.count(b"\n")
    print(
        f"{link.kind:5}window     {senders} x {rate or 'all':>7}/s of {size:5} bytes: sent {sent:8}, kept {kept:8}, "
        f"lost {sent - kept:7}, {usage.ru_utime + usage.ru_stime:.1f} s"
    )


def delay(chosen, link, folder):
    """From the sending of a datagram until the file has it, one every 200 ms."""
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    for name, more in (("held back", []), ("immediate", ["--immediate-mode"])):
        file = Path(folder, f"{name}.pcapng")
        command = [chosen.program, "capture", "-i", "lo", "-f", f"udp dst port {PORT}", "-w", str(file), *more]
        capture = subprocess.Popen(command, stderr=subprocess.DEVNULL)
        time.sleep(1)
        late = []
        for _ in range(40):
            size, begun = file.stat().st_size, time.perf_counter()
            s.sendto(b"x" * 18, (link.host, PORT))
            while file.stat().st_size == size and time.perf_counter() - begun < 2:
                time.sleep(0.0002)
            late.append((time.perf_counter() - begun) * 1000)
            time.sleep(0.2)
        capture.send_signal(signal.SIGINT)
        capture.wait()
        late = sorted(late[5:])  # nothing is sent ahead before it is known how
        print(f"{name}: {late[len(late) // 2]:.1f} ms in the middle, {late[-1]:.1f} ms at most")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="target/release/wireglass")
    parser.add_argument("--link", choices=("lo", "veth"), default="lo")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--steps", type=int, metavar="BYTES")
    parser.add_argument("--window", metavar="RATE:BYTES:SENDERS")
    parser.add_argument("--picture", help="with --window: where a picture of it goes")
    parser.add_argument("--delay", action="store_true")
    parser.add_argument("floods", nargs="*", metavar="RATE:BYTES:SENDERS")
    chosen = parser.parse_args()
    chosen.program = os.path.abspath(chosen.program)
    parts = lambda flood: tuple(int(part) for part in flood.split(":"))
    link = Link(chosen.link)
    try:
        with tempfile.TemporaryDirectory() as folder:
            if chosen.steps is not None:
                steps(chosen, link, folder, chosen.steps)
            if chosen.window:
                window(chosen, link, folder, parts(chosen.window))
            if chosen.delay:
                delay(chosen, link, folder)
            for flood in chosen.floods:
                for _ in range(chosen.rounds):
                    for name, command in tools(chosen.program, link, folder).items():
                        run(name, command, link, *parts(flood), chosen.seconds)
    finally:
        link.close()


main()
