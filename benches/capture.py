#!/usr/bin/env python3
"""Flood loopback and see what tcpdump, dumpcap and Wireglass keep of it, and how much processor time they take.

    sudo python3 benches/capture.py [--program PATH] [--seconds N] [--rounds N] RATE:BYTES:SENDERS...

RATE is datagrams a second of each sender, 0 for as fast as it goes. Sends to the loopback interface only.
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

SENDER = """
import socket, sys, time
port, rate, seconds, size = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4])
s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
s.connect(("127.0.0.1", port))
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


def tools(program, port, folder):
    chosen = f"udp dst port {port}"
    return {
        "tcpdump": ["tcpdump", "-i", "lo", "-w", f"{folder}/t.pcap", chosen],
        "dumpcap": ["dumpcap", "-i", "lo", "-f", chosen, "-w", f"{folder}/d.pcapng", "-q"],
        "wireglass": [program, "capture", "-i", "lo", "-f", chosen, "-w", f"{folder}/w.pcapng"],
    }


def run(name, command, port, rate, size, senders, seconds):
    capture = subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
    time.sleep(0.8)
    arguments = [str(x) for x in (port, rate, seconds, size)]
    started = [
        subprocess.Popen([sys.executable, "-c", SENDER, *arguments], stdout=subprocess.PIPE) for _ in range(senders)
    ]
    sent = sum(int(sender.communicate()[0]) for sender in started)
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
        f"{name:10} {senders} x {rate or 'all':>7}/s of {size:5} bytes: sent {sent:8}, kept {kept:8}, lost {sent - kept:7}, "
        f"{used:.3f} s, {used / max(kept, 1) * 1e9:5.0f} ns a frame",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", default="target/release/wireglass")
    parser.add_argument("--seconds", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("floods", nargs="+", metavar="RATE:BYTES:SENDERS")
    chosen = parser.parse_args()
    sink = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sink.bind(("127.0.0.1", 0))
    port = sink.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        for flood in chosen.floods:
            rate, size, senders = (int(part) for part in flood.split(":"))
            for _ in range(chosen.rounds):
                for name, command in tools(chosen.program, port, folder).items():
                    run(name, command, port, rate, size, senders, chosen.seconds)


main()
