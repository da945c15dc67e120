"""A small FTP server: ftp_server.py ADDRESS PORT [GREETING [CERTIFICATE KEY]]

Files live in memory and are always the same. Passive connections are at port 30458 (118 * 256 + 250).
"""
import gzip
import posixpath
import random
import socket
import ssl
import sys
import threading

PASSIVE = 118 * 256 + 250
TEXT = "".join(f"Line {n} of a text that is fetched over a connection of its own.\r\n" for n in range(1, 61)).encode()
PACKED = gzip.compress(random.Random(5).randbytes(4000), mtime=0)
FILES = {"/pub/README": TEXT, "/pub/linux/hello-1.0.tar.gz": PACKED, "/notes.txt": b"one\r\ntwo\r\n"}
DIRECTORIES = {"/", "/pub", "/pub/linux"}


class Client(threading.Thread):
    def __init__(self, connection, options):
        super().__init__(daemon=True)
        self.connection, self.options = connection, options
        self.cwd, self.data, self.user = "/", None, ""
        self.own = connection.getsockname()[0]
        self.family = connection.family

    def say(self, text):
        self.connection.sendall(text.encode() + b"\r\n")

    def run(self):
        self.say("220 " + self.options["greeting"])
        rest = b""
        while True:
            received = self.connection.recv(4096)
            if not received:
                return
            rest += received
            while b"\n" in rest:
                line, rest = rest.split(b"\n", 1)
                command, _, argument = line.decode("latin-1").strip().partition(" ")
                act = getattr(self, "do_" + command.lower(), None)
                if act is None:
                    self.say("502 Command not implemented")
                elif act(argument) == "end":
                    self.connection.close()
                    return

    def path(self, name):
        return posixpath.normpath(posixpath.join(self.cwd, name))

    # ---- who, where -----------------------------------------------------------------------------------------------

    def do_user(self, name):
        self.user = name
        self.say("331 Please specify the password.")

    def do_pass(self, password):
        if self.user != "anonymous" and password != "secret":
            return self.say("530 Login incorrect.")
        self.say("230-Welcome!\r\n230-This server has three files.\r\n230 Login successful.")

    def do_syst(self, _):
        self.say("215 UNIX Type: L8")

    def do_feat(self, _):
        self.say("211-Features:\r\n EPRT\r\n EPSV\r\n PASV\r\n SIZE\r\n211 End")

    def do_noop(self, _):
        self.say("200 OK.")

    def do_type(self, kind):
        self.say(f"200 Switching to {'Binary' if kind == 'I' else 'ASCII'} mode.")

    def do_pwd(self, _):
        self.say(f'257 "{self.cwd}" is the current directory')

    def do_cwd(self, name):
        if self.path(name) not in DIRECTORIES:
            return self.say("550 Failed to change directory.")
        self.cwd = self.path(name)
        self.say("250 Directory successfully changed.")

    def do_cdup(self, _):
        self.do_cwd("..")

    def do_mkd(self, name):
        DIRECTORIES.add(self.path(name))
        self.say(f'257 "{self.path(name)}" created')

    def do_size(self, name):
        found = FILES.get(self.path(name))
        self.say(f"213 {len(found)}" if found is not None else "550 Could not get file size.")

    def do_quit(self, _):
        self.say("221 Goodbye.")
        return "end"

    def do_auth(self, how):
        if how not in ("TLS", "SSL") or "tls" not in self.options:
            return self.say("530 Please login with USER and PASS.")
        self.say("234 Proceed with negotiation.")
        self.connection = self.options["tls"].wrap_socket(self.connection, server_side=True)

    def do_pbsz(self, _):
        self.say("200 PBSZ set to 0.")

    def do_prot(self, level):
        self.say(f"200 PROT now {'Private' if level == 'P' else 'Clear'}.")

    # ---- data connections -----------------------------------------------------------------------------------------

    def listen(self):
        server = socket.socket(self.family)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind((self.own, PASSIVE))
        server.listen(1)

        def accept():
            connection = server.accept()[0]
            server.close()
            return connection

        self.data = accept

    def connect(self, address, port):
        def connected():
            client = socket.socket(self.family)
            client.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            client.bind((self.own, 20))
            client.connect((address, port))
            return client

        self.data = connected

    def do_pasv(self, _):
        self.listen()
        self.say(f"227 Entering Passive Mode ({self.own.replace('.', ',')},{PASSIVE >> 8},{PASSIVE & 255}).")

    def do_epsv(self, _):
        self.listen()
        self.say(f"229 Entering Extended Passive Mode (|||{PASSIVE}|)")

    def do_port(self, argument):
        numbers = argument.split(",")
        self.connect(".".join(numbers[:4]), int(numbers[4]) * 256 + int(numbers[5]))
        self.say("200 PORT command successful. Consider using PASV.")

    def do_eprt(self, argument):
        _, _, address, port, _ = argument.split(argument[0])
        self.connect(address, int(port))
        self.say("200 EPRT command successful. Consider using EPSV.")

    def transfer(self, opening, act):
        self.say("150 " + opening)
        connection, self.data = self.data(), None
        act(connection)
        connection.close()
        self.say("226 Transfer complete.")

    def listing(self, name, line):
        inside = self.path(name) if name and not name.startswith("-") else self.cwd
        names = [n for n in [*DIRECTORIES, *FILES] if n != inside and posixpath.dirname(n) == inside]
        text = "".join(line(n) + "\r\n" for n in sorted(names)).encode()
        self.transfer("Here comes the directory listing.", lambda c: c.sendall(text))

    def do_list(self, name):
        def line(path):
            kind = "drwxr-xr-x" if path in DIRECTORIES else "-rw-r--r--"
            return f"{kind}    1 ftp      ftp      {len(FILES.get(path, b'')):8} Jan 01  2015 {posixpath.basename(path)}"

        self.listing(name, line)

    def do_nlst(self, name):
        self.listing(name, posixpath.basename)

    def do_retr(self, name):
        found = FILES.get(self.path(name))
        if found is None:
            return self.say("550 Failed to open file.")
        opening = f"Opening BINARY mode data connection for {name} ({len(found)} bytes)."
        self.transfer(opening, lambda c: c.sendall(found))

    def do_stor(self, name):
        def receive(connection):
            FILES[self.path(name)] = b"".join(iter(lambda: connection.recv(65536), b""))

        self.transfer("Ok to send data.", receive)


def main():
    address, port, *more = sys.argv[1:]
    options = {"greeting": more[0] if more else "FTP server ready"}
    if len(more) > 2:
        options["tls"] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        options["tls"].load_cert_chain(more[1], more[2])
    server = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    server.bind((address, int(port)))
    server.listen(5)
    while True:
        Client(server.accept()[0], options).start()


main()
