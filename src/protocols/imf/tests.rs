//! Mails as text, and what is shown of them.

use super::headers;
use crate::protocols::smtp::testing::mail;

#[test]
fn fields_of_a_mail() {
    let (tree, row) = mail(
        "From: \"J. Smith\" <smith@bar.com>\nTo: jones@foo.com,\n Group: a@b;\nSubject: =?UTF-8?B?SMOpbGxv?=\nX-Own: 1\n\nHow about\nlunch?\n",
    );
    assert_eq!(
        tree,
        "Internet Message Format\n\
         \u{20} From: \"J. Smith\" <smith@bar.com>, 1 item\n\
         \u{20}   Item: \"J. Smith\" <smith@bar.com>\\r\\n\n\
         \u{20}     Display-Name: \"J. Smith\"\n\
         \u{20}     Address: smith@bar.com\n\
         \u{20} To: jones@foo.com,\\r\\n Group: a@b;, 2 items\n\
         \u{20}   Item: jones@foo.com\n\
         \u{20}     Address: jones@foo.com\n\
         \u{20}   Item: \\r\\n Group: a@b;\\r\\n\n\
         \u{20}     Display-Name: \\r\\n Grou, 1 item\n\
         \u{20}       Item: a@b;\\r\\n\n\
         \u{20}         Address: a@b;\\r\\n\n\
         \u{20} Subject: =?UTF-8?B?SMOpbGxv?=\n\
         \u{20}   [Decoded: H\u{e9}llo]\n\
         \u{20} Unknown-Extension: X-Own: 1\n\
         \u{20}   Type: X-Own\n\
         \u{20}   Value: 1\n\
         \u{20} Message-Text\n\
         \u{20}   How about  \n\
         \u{20}   lunch?  \n"
    );
    assert_eq!(
        row,
        "SMTP/IMF: from: \"J. Smith\" <smith@bar.com>, subject: =?UTF-8?B?SMOpbGxv?=, , How about  , lunch?  "
    );
}

#[test]
fn a_body_with_a_type_goes_to_who_knows_it() {
    let (tree, row) = mail("Subject: s\nContent-Type: text/plain; charset=utf-8\n\nbody\n");
    assert!(
        tree.ends_with(
            "  Content-Type: text/plain; charset=utf-8\n    Type: text/plain\n    Parameters:  charset=utf-8\n  Line-based text data: text/plain (1 lines)\n    body\\r\\n\n"
        ),
        "{tree}"
    );
    assert_eq!(row, "SMTP/IMF: subject: s,  (text/plain)");
    // An unknown type is shown line by line all the same.
    let (tree, _) = mail("Content-Type: foo/bar; a=b\n\nbody\n");
    assert!(
        tree.ends_with("  Body: foo/bar (6 bytes)\n    body  \n"),
        "{tree}"
    );
}

#[test]
fn bodies_are_decoded_beside() {
    let (tree, _) = mail("Content-Transfer-Encoding: base64\n\nSGVsbG8sCndvcmxk\n");
    assert!(
        tree.ends_with("    Decoded from base64: 12 bytes\n      Hello, \n      world\n"),
        "{tree}"
    );
    let (tree, _) = mail("Content-Transfer-Encoding: quoted-printable\n\na=3Db\n");
    assert!(
        tree.contains("    Decoded from quoted-printable: 5 bytes\n      a=b  \n"),
        "{tree}"
    );
}

#[test]
fn mails_inside_mails() {
    let (tree, row) =
        mail("Subject: s\nContent-Type: message/rfc822; a=b\n\nSubject: inner\n\nx\n");
    assert!(
        tree.contains(
            "  Internet Message Format\n    Subject: inner\n    Message-Text\n      x  \n"
        ),
        "{tree}"
    );
    assert_eq!(row, "SMTP/IMF/IMF: subject: s, subject: inner, , x  ");
}

#[test]
fn labels_of_secrecy() {
    let (tree, _) =
        mail("SIO-Label: marking=\"A\n B\"; fgcolor=red;\n label*0=\"abc\"; foo=bar\n\ny\n");
    assert!(
        tree.contains(
            "  SIO-Label: \"A  B\"\n    Marking: \"A\\r\\n B\"\n    Foreground Color: red\n    Label[0]: \"abc\"\n    Unknown parameter: foo=bar\n      ! Unknown parameter\n"
        ),
        "{tree}"
    );
}

#[test]
fn where_the_head_ends() {
    let text = |bytes: &[u8]| {
        let (fields, text) = headers(bytes);
        (fields.len(), text)
    };
    assert_eq!(text(b"A: b\r\n\r\nx"), (1, 8));
    assert_eq!(text(b"A: b\r\n c\r\nD:e\r\n\r\nx"), (2, 17));
    // No field at all, or lines that end otherwise: all of it is text.
    assert_eq!(text(b"hello\r\n"), (0, 0));
    assert_eq!(text(b"A: b\n\nx"), (0, 0));
    assert_eq!(text(b"A: b\r\nno field\r\n"), (1, 0));
    // The end is the end of the head too.
    assert_eq!(text(b"A: b\r\n"), (1, 6));
    assert_eq!(text(b""), (0, 0));
}

/// A mail with a hostile number of addresses or lines costs in step with its length.
#[test]
fn much_of_everything() {
    let many = format!("To: {}\n\n{}", ",".repeat(50_000), "\n".repeat(10));
    let (tree, _) = mail(&many[..many.len().min(60_000)]);
    assert!(tree.lines().count() <= 20_020);
}
