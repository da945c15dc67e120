#!/usr/bin/env python3
"""The small programs of the texts, and mail and terminals in the clear, over real sockets.

    texts.py server NAME ADDRESS PORT        texts.py client NAME ADDRESS PORT
"""
import datetime
import imaplib
import poplib
import socket
import sys
import threading
import time

PAUSE = 0.05  # so that what is sent in parts goes in segments of its own


def connect(address, port):
    s = socket.create_connection((address, port), timeout=10)
    s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return s


def each(address, port, serve):
    """Serve every connection in a thread."""
    listener = socket.create_server((address, port))
    while True:
        s, peer = listener.accept()
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        threading.Thread(target=serve, args=(s, peer), daemon=True).start()


def say(s, *parts):
    """Each part in a segment of its own."""
    for part in parts:
        s.sendall(part.encode() if isinstance(part, str) else part)
        time.sleep(PAUSE)


# ---- the time server, TCP and UDP (chapter 7) --------------------------------------------------------------------------

MOMENT = datetime.datetime(2015, 3, 15, 12, 9, 16)


def time_server(address, port):
    def serve(s, _):
        while data := s.recv(1024):
            if data == b"END":
                break
            say(s, MOMENT.ctime())
        s.close()
    each(address, port, serve)


def time_client(address, port):
    with connect(address, port) as s:
        s.sendall(b"GET TIME")
        s.recv(1024)
    with connect(address, port) as s:
        for text in (b"hello world", b"END"):
            s.sendall(text)
            s.recv(1024)


def hello_server(address, port):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.bind((address, port))
    while True:
        _, peer = s.recvfrom(1024)
        s.sendto(b"UDP server sending data", peer)


def hello_client(address, port):
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    s.sendto(b"Hello UDP server", (address, port))
    s.recv(1024)


# ---- the number server -------------------------------------------------------------------------------------------------

def sum_server(address, port):
    def serve(s, _):
        while data := s.recv(1024):
            try:
                numbers = [int(n) for n in data.decode().strip().removeprefix("[").removesuffix("]").split(",")]
                say(s, f"Sum: {sum(numbers)}\n")
            except ValueError:
                say(s, "Error: that is no list of numbers\n")
        s.close()
    each(address, port, serve)


def sum_client(address, port):
    with connect(address, port) as s:
        for text in ("[0, 1, 2, 3]", "[10, -4]", "one and two", "[5]"):
            say(s, text)
            s.recv(1024)


# ---- messages that end with a null byte: echo and chat (chapter 8) -------------------------------------------------------

def messages(s):
    data = b""
    while more := s.recv(4096):
        data += more
        while b"\0" in data:
            message, data = data.split(b"\0", 1)
            yield message.decode()


def echo_server(address, port):
    def serve(s, _):
        for message in messages(s):
            say(s, message + "\0")
            break  # one message a connection
        s.close()
    each(address, port, serve)


def echo_client(address, port):
    for text in ("hello world", "grüezi"):
        with connect(address, port) as s:
            say(s, text + "\0")
            next(messages(s))


def framing_server(address, port):
    def serve(s, _):
        for _ in messages(s):
            pass
        s.close()
    each(address, port, serve)


def framing_client(address, port):
    with connect(address, port) as s:
        say(s, "caerphil", "ly\0illches", "ter\0brie\0")


def chat_server(address, port):
    clients = []

    def serve(s, peer):
        clients.append(s)
        try:
            for message in messages(s):
                for other in list(clients):
                    other.sendall(f"{peer}: {message}\0".encode())
        except OSError:
            pass
        clients.remove(s)
        s.close()
    each(address, port, serve)


def chat_client(address, port):
    people = [connect(address, port) for _ in range(3)]
    time.sleep(PAUSE)
    say(people[0], "hello everybody\0")
    say(people[1], "hi\0")
    # The third leaves abruptly: a reset, not a FIN.
    people[2].setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    people.pop().close()
    time.sleep(PAUSE)
    say(people[0], "where did they go?\0")
    for s in people:
        s.close()


# ---- mail ------------------------------------------------------------------------------------------------------------------

def letter(length, subject):
    head = f"From: alice@example.org\r\nTo: bob@example.com\r\nSubject: {subject}\r\n\r\n"
    return head + "x" * (length - len(head) - 2) + "\r\n"


def pop_server(address, port):
    letters = [letter(120, "one"), letter(200, "two")]

    def serve(s, _):
        say(s, "+OK POP3 server ready <1896.697170952@mail.example.com>\r\n")
        for line in s.makefile("r", newline="\r\n"):
            command, _, what = line.strip().partition(" ")
            mail = letters[int(what) - 1] if what.isdigit() else ""
            if command == "USER":
                say(s, "+OK bob is welcome here\r\n")
            elif command == "PASS":
                say(s, "+OK bob's maildrop has 2 messages (320 octets)\r\n")
            elif command == "STAT":
                say(s, "+OK 2 320\r\n")
            elif command == "LIST":
                say(s, "+OK 2 messages (320 octets)\r\n1 120\r\n2 200\r\n.\r\n")
            elif command == "RETR" and what == "1":
                say(s, "+OK 120 octets\r\n" + mail + ".\r\n")
            elif command == "RETR":
                say(s, "+OK 200 octets\r\n", mail[:120], mail[120:], ".\r\n")
            elif command == "DELE":
                say(s, f"+OK message {what} deleted\r\n")
            elif command == "QUIT":
                say(s, "+OK mail.example.com POP3 server signing off (maildrop empty)\r\n")
                break
        s.close()
    each(address, port, serve)


def pop_client(address, port):
    pop = poplib.POP3(address, port, timeout=10)
    pop.user("bob")
    pop.pass_("redqueen")
    pop.stat()
    pop.list()
    for number in (1, 2):
        pop.retr(number)
        pop.dele(number)
    pop.quit()


HEADER = letter(1425, "the longest line of all").replace("\r\n\r\n", "\r\nX-Filler: ")[:-2] + "\r\n\r\n"
HEADER = HEADER[: 1425 - 4] + "\r\n\r\n"
TEXT = "Attached is a chapter of the book.\r\n" * 3


def imap_answer(tag, line):
    """What the server says to a command, in parts."""
    command, _, rest = line.partition(" ")
    done = f"{tag} OK {command} completed\r\n"
    mail = HEADER + TEXT
    answers = {
        "CAPABILITY": "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\n",
        "SELECT": "* 172 EXISTS\r\n* 1 RECENT\r\n* OK [UNSEEN 12] Message 12 is first unseen\r\n"
                  "* OK [UIDVALIDITY 3857529045] UIDs valid\r\n* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)\r\n",
        "LIST": '* LIST (\\HasNoChildren) "/" INBOX\r\n* LIST (\\HasNoChildren) "/" Sent\r\n',
        "STATUS": "* STATUS INBOX (MESSAGES 172 RECENT 1 UIDNEXT 4392 UIDVALIDITY 3857529045 UNSEEN 5)\r\n",
        "SEARCH": "* SEARCH 2 84 88\r\n",
        "LOGOUT": "* BYE IMAP4rev1 server terminating connection\r\n",
    }
    if command == "SELECT":
        done = f"{tag} OK [READ-WRITE] SELECT completed\r\n"
    if command != "FETCH":
        return [answers.get(command, "") + done]
    if "RFC822.SIZE" in rest:
        return [f"* 1 FETCH (RFC822.SIZE {len(mail)})\r\n" + done]
    if "HEADER" in rest:
        return [f"* 1 FETCH (BODY[HEADER] {{{len(HEADER)}}}\r\n", HEADER + ")\r\n" + done]
    if "TEXT" in rest:
        return [f"* 1 FETCH (BODY[TEXT] {{{len(TEXT)}}}\r\n{TEXT})\r\n" + done]
    if "FLAGS" in rest:
        return ["* 1 FETCH (FLAGS (\\Seen))\r\n" + done]
    return [f"* 1 FETCH (RFC822 {{{len(mail)}}}\r\n" + mail[:1000], mail[1000:] + ")\r\n" + done]


def imap_server(address, port):
    def serve(s, _):
        say(s, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] mail.example.com ready\r\n")
        for line in s.makefile("r", newline="\r\n"):
            tag, _, command = line.strip().partition(" ")
            say(s, *imap_answer(tag, command))
            if command == "LOGOUT":
                break
        s.close()
    each(address, port, serve)


COMMANDS = ["LOGIN frobozz xyzzy", "SELECT INBOX", "FETCH 1 RFC822.SIZE", "FETCH 1 BODY[HEADER]", "FETCH 1 BODY[TEXT]", "LOGOUT"]


def imap_client(address, port):
    with connect(address, port) as s:
        lines = s.makefile("r", newline="\r\n")
        lines.readline()
        for number, command in enumerate(COMMANDS):
            tag = f"A{number:04}"
            s.sendall(f"{tag} {command}\r\n".encode())
            while not lines.readline().startswith(tag):
                pass


def imap_stacked(address, port):
    with connect(address, port) as s:
        lines = s.makefile("r", newline="\r\n")
        lines.readline()
        s.sendall("".join(f"A{n:04} {c}\r\n" for n, c in enumerate(COMMANDS)).encode())
        while lines.readline():
            pass


def imap_more(address, port):
    imap = imaplib.IMAP4(address, port, timeout=10)
    imap.login("frobozz", "xyzzy")
    imap.list()
    imap.status("INBOX", "(MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN)")
    imap.select("INBOX")
    imap.search(None, "FROM", '"IPIP"')
    imap.fetch("1", "(FLAGS)")
    imap.fetch("1", "(RFC822)")
    imap.logout()


# ---- a terminal ----------------------------------------------------------------------------------------------------------------

IAC = b"\xff"


def telnet_server(address, port):
    def serve(s, _):
        # DO terminal type, window size, terminal speed; WILL suppress go ahead
        say(s, IAC + b"\xfd\x18" + IAC + b"\xfd\x1f" + IAC + b"\xfd\x20" + IAC + b"\xfb\x03")
        s.recv(100)
        # Send your terminal type
        say(s, IAC + b"\xfa\x18\x01" + IAC + b"\xf0")
        s.recv(100)
        say(s, IAC + b"\xfb\x01" + "\r\nhost.example.com\r\n\r\nlogin: ".encode())
        echo(s, True)
        say(s, "Password: ")
        echo(s, False)
        say(s, "\r\nLast login: Sun Mar 15 12:09:16\r\n$ ")
        echo(s, True)
        say(s, "logout\r\n")
        s.close()

    def echo(s, shown):
        while (key := s.recv(10)) and not key.startswith(b"\r"):
            if shown:
                s.sendall(key)
        if shown:
            s.sendall(b"\r\n")
    each(address, port, serve)


def telnet_client(address, port):
    with connect(address, port) as s:
        s.recv(100)
        # WILL terminal type, WILL window size with 80 by 24, WON'T terminal speed, DO suppress go ahead
        say(s, IAC + b"\xfb\x18" + IAC + b"\xfb\x1f" + IAC + b"\xfa\x1f\x00\x50\x00\x18" + IAC + b"\xf0" + IAC + b"\xfc\x20"
            + IAC + b"\xfd\x03")
        s.recv(100)
        say(s, IAC + b"\xfa\x18\x00xterm" + IAC + b"\xf0")
        s.recv(100)
        say(s, IAC + b"\xfd\x01")
        for line in ("bob", "redqueen", "exit"):
            for key in line:
                s.sendall(key.encode())
                time.sleep(0.02)
            say(s, b"\r\0")
            time.sleep(PAUSE)
        while s.recv(100):
            pass


PAIRS = {
    "tcp-time": (time_server, time_client),
    "udp-hello": (hello_server, hello_client),
    "tcp-sum": (sum_server, sum_client),
    "tcp-echo": (echo_server, echo_client),
    "tcp-framing": (framing_server, framing_client),
    "tcp-chat": (chat_server, chat_client),
    "pop3": (pop_server, pop_client),
    "imap": (imap_server, imap_client),
    "imap-stacked": (imap_server, imap_stacked),
    "imap-more": (imap_server, imap_more),
    "telnet": (telnet_server, telnet_client),
}

if __name__ == "__main__":
    side, name, address, port = sys.argv[1:]
    PAIRS[name][0 if side == "server" else 1](address, int(port))
