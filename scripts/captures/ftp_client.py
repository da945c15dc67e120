"""FTP sessions, played with Python's own client: ftp_client.py SESSION ADDRESS [PORT]"""
import ftplib
import io
import ssl
import sys


def nothing(_):
    pass


def book(ftp):
    """A listing and a file, passively: what a textbook shows of FTP."""
    ftp.login("anonymous", "student@example.net")
    ftp.cwd("/pub/linux")
    ftp.trust_server_pasv_ipv4_address = True
    ftp.retrlines("LIST", nothing)
    ftp.retrbinary("RETR hello-1.0.tar.gz", nothing)
    ftp.quit()


def active(ftp):
    """The server connects back from port 20; a file goes up; a wrong password, a file that is not there."""
    for password in ("wrong", "secret"):
        try:
            ftp.login("ada", password)
        except ftplib.error_perm:
            pass
    ftp.set_pasv(False)
    ftp.pwd()
    ftp.retrlines("NLST", nothing)
    ftp.storbinary("STOR upload.txt", io.BytesIO(b"stored by the client\r\n" * 200))
    ftp.mkd("new")
    ftp.cwd("pub")
    ftp.retrbinary("RETR README", nothing)
    ftp.sendcmd("CDUP")
    try:
        ftp.retrbinary("RETR nothing", nothing)
    except ftplib.error_perm:
        pass
    ftp.quit()


def extended(ftp):
    """IPv6: EPSV, then EPRT."""
    ftp.login()
    ftp.sendcmd("FEAT")
    ftp.pwd()
    ftp.retrlines("LIST", nothing)
    ftp.cwd("pub")
    ftp.retrbinary("RETR README", nothing)
    ftp.set_pasv(False)
    ftp.retrlines("NLST", nothing)
    ftp.quit()


def tls(ftp):
    """Control connection secured, data in the clear: the listing can still be read."""
    ftp.login("ada", "secret")
    ftp.retrlines("LIST", nothing)
    ftp.quit()


def main():
    session, address, *port = sys.argv[1:]
    if session == "tls":
        context = ssl._create_unverified_context()
        ftp = ftplib.FTP_TLS(context=context, timeout=10)
    else:
        ftp = ftplib.FTP(timeout=10)
    ftp.connect(address, int(port[0]) if port else 21)
    globals()[session](ftp)


main()
