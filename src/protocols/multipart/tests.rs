//! Bodies of several parts, inside a mail.

use super::{compact, parameter};
use crate::protocols::smtp::testing::mail;

fn parts(body: &str) -> (String, String) {
    let (tree, row) = mail(&format!(
        "Content-Type: multipart/mixed; boundary=\"XX\"\n\n{body}"
    ));
    let from = tree.find("  MIME Multipart").unwrap();
    (tree[from..].to_string(), row)
}

#[test]
fn parts_with_what_is_around_them() {
    let (tree, row) = parts(
        "pre\n--XX\nContent-Type: text/plain; charset=x\nContent-Transfer-Encoding: base64\n\nSGk=\n--XX\n\nbare\n--XX--\nbehind\n",
    );
    assert_eq!(
        tree,
        "  MIME Multipart Media Encapsulation, Type: multipart/mixed, Boundary: \"XX\"\n\
         \u{20}   Type: multipart/mixed\n\
         \u{20}   Preamble: 7072650d0a\n\
         \u{20}   First boundary: --XX\\r\\n\n\
         \u{20}   Encapsulated multipart part:  (text/plain)\n\
         \u{20}     Content-Type: text/plain; charset=x\\r\\n\n\
         \u{20}     Content-Transfer-Encoding: base64\\r\\n\\r\\n\n\
         \u{20}     Line-based text data: text/plain (1 lines)\n\
         \u{20}       SGk=\n\
         \u{20}     Decoded from base64: 2 bytes\n\
         \u{20}       Hi\n\
         \u{20}   Boundary: \\r\\n--XX\\r\\n\n\
         \u{20}   Encapsulated multipart part: \n\
         \u{20}     Data (6 bytes)\n\
         \u{20}       Data: 0d0a62617265\n\
         \u{20}       Length: 6\n\
         \u{20}   Last boundary: \\r\\n--XX--\\r\\n\n\
         \u{20}   Trailer: 626568696e640d0a\n"
    );
    assert_eq!(row, "SMTP/IMF:  (text/plain)");
}

#[test]
fn parts_inside_parts() {
    let (tree, _) = parts(
        "--XX\nContent-Type: multipart/alternative; boundary=YY\n\n--YY\nContent-Type: application/json\n\n{}\n--YY--\n--XX\nContent-Type: message/rfc822\n\nSubject: in\n\nx\n--XX--\n",
    );
    assert!(tree.contains("      MIME Multipart Media Encapsulation, Type: multipart/alternative, Boundary: \"YY\"\n"), "{tree}");
    assert!(
        tree.contains("          JavaScript Object Notation: application/json\n"),
        "{tree}"
    );
    assert!(
        tree.contains("      Internet Message Format\n        Subject: in\n"),
        "{tree}"
    );
}

/// A body that says it is a multipart of multiparts of ... is followed only so deep.
#[test]
fn nesting_has_an_end() {
    let mut body = String::new();
    for i in 0..200 {
        body.push_str(&format!(
            "--X{i}X\nContent-Type: multipart/mixed; boundary=X{}X\n\n",
            i + 1
        ));
    }
    for i in (0..200).rev() {
        body.push_str(&format!("\n--X{i}X--\n"));
    }
    let (tree, _) = mail(&format!(
        "Content-Type: multipart/mixed; boundary=X0X\n\n{body}"
    ));
    let deep = tree.matches("MIME Multipart Media Encapsulation").count();
    assert!((20..=40).contains(&deep), "{deep}");
}

#[test]
fn without_a_boundary_it_is_data() {
    let (tree, _) = parts("no boundary here\n");
    assert!(tree.contains("    Data (18 bytes)\n"), "{tree}");
    let (tree, _) = mail("Content-Type: multipart/mixed; charset=x\n\n--x\n");
    assert!(
        tree.contains("! The boundary between the parts is not told"),
        "{tree}"
    );
    let (tree, _) = parts("--XX\nContent-Type: text/plain\n\nopen\n");
    assert!(
        tree.contains("34 bytes without a boundary behind them"),
        "{tree}"
    );
}

#[test]
fn parameters_of_a_content_type() {
    let kind = "Multipart/Mixed; xboundary=no; BOUNDARY = \"a;b c\" ; x=y";
    assert_eq!(parameter(kind, "boundary"), Some("a;b c"));
    assert_eq!(parameter(kind, "x"), Some("y"));
    assert_eq!(
        parameter("multipart/mixed;\r\n boundary=XX ; x=y", "boundary"),
        Some("XX")
    );
    assert_eq!(parameter("multipart/mixed", "boundary"), None);
    assert_eq!(
        parameter("multipart/mixed; boundary=", "boundary"),
        Some("")
    );
}

#[test]
fn values_are_shown_without_folds_and_blanks() {
    assert_eq!(
        compact(b"text/plain; name=\"a  b\";\r\n  foo=bar ; x = y"),
        b"text/plain;name=\"a  b\";foo=bar;x=y"
    );
    assert_eq!(compact(b"a  picture"), b"a picture");
    assert_eq!(compact(b""), b"");
}
