"""A small mail server for the captures: smtp_server.py ADDRESS PORT [CERTIFICATE KEY]

It greets as foo.com, knows Jones and Brown (nobody else), takes mail by DATA and BDAT, and lets bob in with the password
redqueen (AUTH PLAIN and LOGIN; CRAM-MD5 is refused). With a certificate it offers STARTTLS and wants it before AUTH.
"""
import base64
import socket
import ssl
import sys
import threading

KNOWN = {"jones", "brown"}


class Session:
    def __init__(self, sock, tls):
        self.sock, self.tls, self.secure = sock, tls, False
        self.file = sock.makefile("rb")

    def say(self, *lines):
        self.sock.sendall("".join(line + "\r\n" for line in lines).encode())

    def line(self):
        line = self.file.readline()
        if not line:
            raise EOFError
        return line.decode("utf-8", "replace").rstrip("\r\n")

    def ehlo(self, name):
        if self.tls and not self.secure:
            extra = ["SIZE 35882577", "8BITMIME", "STARTTLS", "ENHANCEDSTATUSCODES", "PIPELINING"]
        elif self.tls:
            extra = ["SIZE 35882577", "8BITMIME", "AUTH PLAIN LOGIN", "ENHANCEDSTATUSCODES", "PIPELINING"]
        elif self.sock.getsockname()[1] == 25:
            extra = ["8BITMIME", "SIZE", "DSN", "HELP"]
        else:
            extra = ["AUTH PLAIN LOGIN", "PIPELINING", "CHUNKING", "ENHANCEDSTATUSCODES"]
        lines = [f"foo.com greets {name}", *extra]
        self.say(*(f"250{'-' if i < len(lines) - 1 else ' '}{line}" for i, line in enumerate(lines)))

    def login(self, rest):
        how, _, given = rest.partition(" ")
        if how.upper() == "PLAIN":
            if not given:
                self.say("334 ")
                given = self.line()
            _, user, word = base64.b64decode(given).split(b"\0")
        elif how.upper() == "LOGIN":
            if not given:
                self.say("334 " + base64.b64encode(b"Username:").decode())
                given = self.line()
            user = base64.b64decode(given)
            self.say("334 " + base64.b64encode(b"Password:").decode())
            word = base64.b64decode(self.line())
        else:
            self.say("504 5.5.4 Unrecognized authentication type")
            return
        if (user, word) == (b"bob", b"redqueen"):
            self.say("235 2.7.0 Authentication successful")
        else:
            self.say("535 5.7.8 Authentication credentials invalid")

    def run(self):
        self.say("220 foo.com Simple Mail Transfer Service Ready")
        while True:
            verb, _, rest = self.line().partition(" ")
            verb = verb.upper()
            if verb in ("EHLO", "HELO"):
                self.ehlo(rest)
            elif verb == "STARTTLS":
                self.say("220 2.0.0 Ready to start TLS")
                self.sock = self.tls.wrap_socket(self.sock, server_side=True)
                self.file, self.secure = self.sock.makefile("rb"), True
            elif verb == "AUTH":
                self.login(rest)
            elif verb == "RCPT" and rest.split("<")[-1].split("@")[0].lower() not in KNOWN:
                self.say("550 No such user here")
            elif verb == "DATA":
                self.say("354 Start mail input; end with <CRLF>.<CRLF>")
                while self.line() != ".":
                    pass
                self.say("250 OK")
            elif verb == "BDAT":
                length = int(rest.split()[0])
                self.file.read(length)
                self.say(f"250 2.0.0 {length} octets received")
            elif verb == "QUIT":
                self.say("221 foo.com Service closing transmission channel")
                self.sock.close()
                return
            elif verb in ("MAIL", "RCPT", "RSET", "NOOP"):
                self.say("250 OK")
            else:
                self.say("500 5.5.1 Command not recognized")


def main():
    address, port, *certificate = sys.argv[1:]
    tls = None
    if certificate:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*certificate)

    def serve(sock):
        try:
            Session(sock, tls).run()
        except (EOFError, OSError):
            sock.close()

    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    listener = socket.create_server((address, int(port)), family=family)
    while True:
        sock, _ = listener.accept()
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=serve, args=(sock,), daemon=True).start()


main()
