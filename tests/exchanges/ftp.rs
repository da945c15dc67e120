//! A file is fetched (chapter 5): the password is there for all to read.

use super::Exchange;

#[test]
fn a_packed_file_is_fetched_by_an_anonymous_user() {
    let mut ftp = Exchange::open("ftp.pcap");
    let rows = ftp.rows_of("FTP");
    let infos: Vec<&str> = rows
        .iter()
        .filter_map(|row| row.split_once(' ').map(|(_, info)| info))
        .collect();
    assert_eq!(
        infos,
        [
            "Response: 220 Welcome to kernel.org",
            "Request: USER anonymous",
            "Response: 331 Please specify the password.",
            "Request: PASS student@example.net",
            "Response: 230-Welcome!",
            "Request: CWD /pub/linux",
            "Response: 250 Directory successfully changed.",
            "Request: TYPE A",
            "Response: 200 Switching to ASCII mode.",
            "Request: PASV",
            "Response: 227 Entering Passive Mode (199,204,44,194,118,250).",
            "Request: LIST",
            "Response: 150 Here comes the directory listing.",
            "Response: 226 Transfer complete.",
            "Request: TYPE I",
            "Response: 200 Switching to Binary mode.",
            "Request: PASV",
            "Response: 227 Entering Passive Mode (199,204,44,194,118,250).",
            "Request: RETR hello-1.0.tar.gz",
            "Response: 150 Opening BINARY mode data connection for hello-1.0.tar.gz (4023 bytes).",
            "Response: 226 Transfer complete.",
            "Request: QUIT",
            "Response: 221 Goodbye.",
        ]
    );
}

#[test]
fn the_password_is_readable() {
    let mut ftp = Exchange::open("ftp.pcap");
    assert_eq!(
        ftp.row(9),
        "192.168.0.4 > 199.204.44.194 FTP Request: PASS student@example.net"
    );
    assert_eq!(
        ftp.lines(9, "ftp")[..4],
        [
            "File Transfer Protocol (FTP)",
            "  PASS student@example.net\\r\\n",
            "    Request command: PASS",
            "    Request arg: student@example.net",
        ]
    );
    assert_eq!(ftp.values(9, "credentials.cleartext").len(), 1);
    assert_eq!(ftp.values(6, "credentials.cleartext").len(), 0);
}

#[test]
fn the_reply_to_pasv_names_the_port_of_the_data_connection() {
    let mut ftp = Exchange::open("ftp.pcap");
    assert_eq!(
        ftp.lines(16, "ftp"),
        [
            "File Transfer Protocol (FTP)",
            "  227 Entering Passive Mode (199,204,44,194,118,250).\\r\\n",
            "    Response code: Entering Passive Mode (227)",
            "    Response arg: Entering Passive Mode (199,204,44,194,118,250).",
            "    Passive IP address: 199.204.44.194",
            "    Passive port: 30458",
        ]
    );
    assert_eq!(ftp.values(16, "ftp.command"), ["LIST"]);
    let data = ftp.rows_of("FTP-DATA");
    assert_eq!(data[0], "22 FTP Data: 74 bytes (PASV) (LIST)");
    assert!(data[1].ends_with(" bytes (PASV) (RETR hello-1.0.tar.gz)"));
    assert_eq!(ftp.values(22, "ftp-data.setup-frame"), ["16"]);
    assert_eq!(
        ftp.values(22, "ftp-data.current-working-directory"),
        ["/pub/linux"]
    );
    assert_eq!(
        ftp.lines(22, "data-text-lines"),
        [
            "Line-based text data (1 lines)",
            "  -rw-r--r--    1 ftp      ftp          4023 Jan 01  2015 hello-1.0.tar.gz\\r\\n",
        ]
    );
}
