//! Sending mail: foo.com greets bar.com (week 2), MIME with attachments (chapter 4), login and STARTTLS.

use super::Exchange;

#[test]
fn a_mail_for_two_of_three() {
    let mut smtp = Exchange::open("smtp.pcap");
    assert_eq!(
        smtp.rows_of("SMTP"),
        [
            "4 S: 220 foo.com Simple Mail Transfer Service Ready",
            "6 C: ehlo bar.com",
            "8 S: 250-foo.com greets bar.com | 8BITMIME | SIZE | DSN | HELP",
            "9 C: mail FROM:<Smith@bar.com> size=353",
            "10 S: 250 OK",
            "11 C: rcpt TO:<Jones@foo.com>",
            "12 S: 250 OK",
            "13 C: rcpt TO:<Green@foo.com>",
            "14 S: 550 No such user here",
            "15 C: rcpt TO:<Brown@foo.com>",
            "16 S: 250 OK",
            "17 C: data",
            "18 S: 354 Start mail input; end with <CRLF>.<CRLF>",
            "20 S: 250 OK",
            "21 C: QUIT",
            "22 S: 221 foo.com Service closing transmission channel",
        ]
    );
    assert_eq!(
        smtp.row(19),
        "192.0.2.1 > 192.0.2.2 SMTP/IMF from: John Q. Public <JQP@bar.com>, subject: The Next Meeting of the Board,  (text/plain)"
    );
    assert_eq!(
        smtp.lines(14, "smtp"),
        [
            "Simple Mail Transfer Protocol",
            "  Response: 550 No such user here\\r\\n",
            "    Response code: Requested action not taken: mailbox unavailable (550)",
            "    Response parameter: No such user here",
        ]
    );
    assert_eq!(
        smtp.values(19, "imf.subject"),
        ["The Next Meeting of the Board"]
    );
    assert_eq!(
        smtp.values(19, "imf.date"),
        ["Thu, 21 May 1998 05:33:29 -0700"]
    );
    assert_eq!(smtp.values(19, "imf.to"), ["Jones@foo.com"]);
}

#[test]
fn a_mail_with_attachments() {
    let mut smtp = Exchange::open("smtp-mime.pcap");
    assert_eq!(
        smtp.row(22),
        "192.0.2.1 > 192.0.2.2 SMTP/IMF/JSON from: =?utf-8?q?Jos=C3=A9_Garc=C3=ADa?= <jose@bar.com>, subject: Das Bild =?utf-8?q?f=C3=BCr?= Euch,  (text/plain) (image/x-sample), JavaScript Object Notation (application/json)"
    );
    assert_eq!(smtp.values(22, "smtp.data.fragment").len(), 6);
    assert_eq!(
        smtp.values(22, "mime_multipart.header.content-disposition"),
        [
            "attachment;filename=\"picture.bin\"",
            "attachment;filename=\"table.json\""
        ]
    );
    assert_eq!(
        smtp.values(22, "mime_multipart.header.content-transfer-encoding"),
        ["8bit", "base64", "7bit"]
    );
    let mail = smtp.lines(22, "imf");
    for line in [
        "    [Decoded: Das Bild f\u{fc}r Euch]",
        "    Encapsulated multipart part:  (image/x-sample)",
        "      Decoded from base64: 5120 bytes",
    ] {
        assert!(mail.iter().any(|l| l == line), "{line:?} in {mail:#?}");
    }
}

#[test]
fn passwords_can_be_read() {
    let mut smtp = Exchange::open("smtp-auth.pcap");
    assert_eq!(
        smtp.lines(33, "smtp"),
        [
            "Simple Mail Transfer Protocol",
            "  Password: cmVkcXVlZW4=",
            "    [Password: redqueen]",
            "    Password readable on the wire",
            "      Password readable on the wire",
            "      Severity level: Warning",
            "      Group: Security",
        ]
    );
    assert_eq!(
        smtp.values(57, "smtp.auth.username_password"),
        ["AGJvYgByZWRxdWVlbg=="]
    );
    assert!(!smtp.values(57, "credentials.cleartext").is_empty());
}

#[test]
fn behind_starttls_all_is_encrypted() {
    let mut smtp = Exchange::open("smtp-auth-tls.pcap");
    assert_eq!(
        smtp.rows_of("SMTP"),
        [
            "4 S: 220 foo.com Simple Mail Transfer Service Ready",
            "6 C: ehlo bar.com",
            "8 S: 250-foo.com greets bar.com | SIZE 35882577 | 8BITMIME | STARTTLS | ENHANCEDSTATUSCODES | PIPELINING",
            "9 C: STARTTLS",
            "10 S: 220 2.0.0 Ready to start TLS",
        ]
    );
    assert!(smtp.row(11).ends_with(" Client Hello"), "{}", smtp.row(11));
}
