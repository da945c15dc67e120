#!/usr/bin/env python3
"""A small HTTP/1.1 server whose answers show what HTTP can do. Usage: http_server.py ADDRESS PORT"""

import base64
import gzip
import http.server
import json
import socket
import sys
import zlib

TEXT = b"""\
A packet is a letter without an envelope maker.
Each layer folds the paper once more and writes an address on the outside.
The next layer never reads what is inside; it only folds and writes again.
At the other end the folds are opened in the opposite order,
and every layer finds exactly what its partner wrote.
That is why a layer can be exchanged and the letter still arrives.
That is why a layer can be studied on its own, one fold at a time.
"""

# TEXT, compressed with the brotli program: Python brings no brotli of its own.
BROTLI = base64.b64decode(
    "G74BABynV7q0POZlEFUY/G+uVB99GMq1JOjBYHyPKVcKIPD/2/yQDTH6rkdQEEG28M0DDXXF5dU022ZEQ8PykHoXLxJFYgPIRw67cWRXfos/kfrz"
    "1Jco3K/ZXJAfG2+d6FwnLZqxE4ciKnVjT2ItVYdyMw2zG5Hyp4aPW8SBx/7cg9VB7aRC0G9jQrAjFV+YcN4k04LJbYuOsayI08DmtlhozClz81LL"
    "5RFgJuntF5/9evwisnwF3uFW/px3J763GIpZzZOmSwlXxwcv3k4G"
)

JSON = json.dumps(
    {
        "host": "www.example.org",
        "ports": [80, 443],
        "secure": False,
        "load": 0.25,
        "offset": -3,
        "comment": None,
        "words": {"greeting": "gr\u00fc\u00df dich", "quote": 'say "hi"', "empty": []},
    },
    indent=1,
).encode()

XML = b"""<?xml version="1.0" encoding="UTF-8"?>
<!-- three layers of a stack -->
<stack name="textbook">
  <layer number="2">Ethernet</layer>
  <layer number="3"><![CDATA[IPv4 & IPv6]]></layer>
  <layer number="4" reliable="yes">TCP</layer>
  <end/>
</stack>
"""

HTML = b"<!DOCTYPE html>\n<title>A page</title>\n<p>Hello, <em>wire</em>.</p>\n"


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "Textbook/1.0"
    sys_version = ""

    def answer(self, status, body=b"", kind="text/plain; charset=utf-8", **headers):
        self.send_response(status)
        if body or status not in (204, 304):
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def do_GET(self):
        path = self.path.split("?")[0]
        if path == "/text":
            self.answer(200, TEXT)
        elif path == "/":
            self.answer(200, HTML, "text/html", ETag='"page-1"', Set_Cookie="visit=1; Path=/; HttpOnly")
        elif path == "/gzip":
            self.answer(200, gzip.compress(TEXT, mtime=0), Content_Encoding="gzip")
        elif path == "/deflate":
            self.answer(200, zlib.compress(TEXT), Content_Encoding="deflate")
        elif path == "/brotli":
            self.answer(200, BROTLI, Content_Encoding="br")
        elif path == "/json":
            self.answer(200, JSON, "application/json")
        elif path == "/xml":
            self.answer(200, XML, "text/xml")
        elif path == "/form":
            self.answer(200, b"name=Ada+Lovelace&born=1815", "application/x-www-form-urlencoded")
        elif path == "/empty":
            self.answer(204)
        elif path == "/same":
            self.answer(304, ETag='"page-1"')
        elif path == "/moved":
            self.answer(301, b"", Location="/text")
        elif path == "/teapot":
            self.answer(418, b"short and stout\n")
        elif path == "/error":
            self.answer(503, b"later\n", Retry_After="120")
        elif path == "/big":
            self.answer(200, b"".join(b"line %05d of a long body\n" % n for n in range(800)))
        elif path in ("/chunked", "/chunked-gzip"):
            self.chunked(path)
        elif path == "/until-close":
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(TEXT)
            self.close_connection = True
        else:
            self.answer(404, b"no such page\n")

    do_HEAD = do_GET

    def chunked(self, path):
        body = TEXT if path == "/chunked" else gzip.compress(TEXT, mtime=0)
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Transfer-Encoding", "chunked")
        if path != "/chunked":
            self.send_header("Content-Encoding", "gzip")
        self.end_headers()
        for at in range(0, len(body), 100):
            part = body[at : at + 100]
            self.wfile.write(b"%x;part=%d\r\n%s\r\n" % (len(part), at // 100, part))
            self.wfile.flush()
        self.wfile.write(b"0\r\nX-Parts: done\r\n\r\n")

    def do_POST(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline().split(b";")[0], 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.answer(200, b"got %d bytes\n" % len(body))

    do_PUT = do_POST

    def log_message(self, *args):
        pass


class Server(http.server.ThreadingHTTPServer):
    address_family = socket.AF_INET6 if ":" in sys.argv[1] else socket.AF_INET

    def server_bind(self):
        # The parent class looks its own name up; that would ask the machine's name servers.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_name, self.server_port = "www.example.org", self.server_address[1]


if __name__ == "__main__":
    Server((sys.argv[1], int(sys.argv[2])), Handler).serve_forever()
