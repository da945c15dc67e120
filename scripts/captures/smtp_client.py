"""Sends mail for the captures, with Python's smtplib: smtp_client.py WHAT ADDRESS PORT"""
import smtplib
import socket
import ssl
import sys
from email import policy
from email.message import EmailMessage

DATE = "Thu, 21 May 1998 05:33:29 -0700"


def plain_message():
    message = EmailMessage()
    message["From"] = "John Q. Public <JQP@bar.com>"
    message["To"] = "Jones@foo.com"
    message["Date"] = DATE
    message["Subject"] = "The Next Meeting of the Board"
    message["Message-ID"] = "<1998052105332900@bar.com>"
    message.set_content("Bill:\nThe next meeting of the board of directors will be\non Tuesday.\n.\nJohn.\n")
    return message


def mime_message():
    message = EmailMessage()
    message["From"] = "José García <jose@bar.com>"
    message["To"] = "Jones <Jones@foo.com>, Brown@foo.com"
    message["Date"] = DATE
    message["Subject"] = "Das Bild für Euch"
    message["Message-ID"] = "<1998052105332901@bar.com>"
    message["X-Mailer"] = "Python smtplib"
    message.set_content("Schöne Grüße, the picture is below.\n")
    picture = bytes(range(256)) * 20
    message.add_attachment(picture, maintype="image", subtype="x-sample", filename="picture.bin")
    message.add_attachment(b'{"rows": 3}', maintype="application", subtype="json", cte="7bit", filename="table.json")
    message.set_boundary("===============0123456789==")
    return message


def book(address, port):
    """The exchange of the book: one recipient is unknown."""
    with smtplib.SMTP(address, port, local_hostname="bar.com") as smtp:
        smtp.sendmail("Smith@bar.com", ["Jones@foo.com", "Green@foo.com", "Brown@foo.com"], plain_message().as_bytes(policy=policy.SMTP))


def mime(address, port):
    with smtplib.SMTP(address, port, local_hostname="bar.com") as smtp:
        smtp.send_message(mime_message())


def auth(address, port):
    """Three logins: refused, LOGIN, PLAIN; passwords can be read."""
    for method, password in (("login", "blueking"), ("login", "redqueen"), ("plain", "redqueen")):
        with smtplib.SMTP(address, port, local_hostname="bar.com") as smtp:
            smtp.ehlo()
            smtp.user, smtp.password = "bob", password
            try:
                smtp.auth(method.upper(), getattr(smtp, f"auth_{method}"), initial_response_ok=method == "plain")
            except smtplib.SMTPAuthenticationError:
                continue
            smtp.sendmail("bob@bar.com", ["Jones@foo.com"], plain_message().as_bytes(policy=policy.SMTP))


def auth_tls(address, port):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with smtplib.SMTP(address, port, local_hostname="bar.com") as smtp:
        smtp.starttls(context=context)
        smtp.login("bob", "redqueen")
        smtp.sendmail("Smith@bar.com", ["Jones@foo.com"], plain_message().as_bytes(policy=policy.SMTP))


def pipelining(address, port):
    """Commands sent together, and a mail by BDAT in two chunks (RFC 2920, RFC 3030)."""
    mail = plain_message().as_bytes(policy=policy.SMTP)
    with socket.create_connection((address, port)) as sock:
        file = sock.makefile("rb")

        def replies(count):
            while count:
                line = file.readline()
                count -= line[3:4] != b"-"

        replies(1)
        sock.sendall(b"EHLO bar.com\r\n")
        replies(1)
        sock.sendall(b"MAIL FROM:<Smith@bar.com>\r\nRCPT TO:<Green@foo.com>\r\nRCPT TO:<Jones@foo.com>\r\nDATA\r\n")
        replies(4)
        sock.sendall(mail.replace(b"\r\n.\r\n", b"\r\n..\r\n") + b".\r\nMAIL FROM:<Smith@bar.com>\r\nRCPT TO:<Brown@foo.com>\r\n")
        replies(3)
        sock.sendall(b"BDAT 100\r\n")
        sock.sendall(mail[:100])
        replies(1)
        sock.sendall(b"BDAT %d LAST\r\n" % (len(mail) - 100))
        sock.sendall(mail[100:])
        replies(1)
        sock.sendall(b"QUIT\r\n")
        replies(1)


what, where, number = sys.argv[1:]
{"book": book, "mime": mime, "auth": auth, "auth_tls": auth_tls, "pipelining": pipelining}[what](where, int(number))
