//! Name and password (RFC 4954): what AUTH sends, as it is on the wire and as it reads without Base64.

use super::fields::{BASE64, COMMAND_LINE, PASSWORD, USERNAME, USERNAME_PASSWORD};
use super::framer;
use super::lines::Line;
use crate::dissect::Layer;
use crate::dissect::text::escaped;
use crate::protocols::credentials;
use crate::protocols::transfer::base64;

/// A line that answers the server's question for name or password.
pub(super) fn line(l: &mut Layer<'_, '_>, marks: u32, line: Line) {
    let bytes = l.data();
    let text = line.text(bytes);
    l.info_append(|out| {
        out.push_str(match marks {
            m if m & framer::USER != 0 => "User: ",
            m if m & framer::PASSWORD != 0 => "Pass: ",
            _ => "",
        });
        escaped(text, out);
    });
    if marks & framer::NTLM != 0 {
        l.ascii_field(&COMMAND_LINE, line.start, text.len());
    } else {
        value(l, marks, line);
    }
}

/// The name, the password, or both, with what they say.
pub(super) fn value(l: &mut Layer<'_, '_>, marks: u32, line: Line) {
    let (name, secret) = (
        marks & (framer::USER | framer::USER_INLINE) != 0,
        marks & framer::PASSWORD != 0,
    );
    let field = if name {
        &USERNAME
    } else if secret {
        &PASSWORD
    } else {
        &USERNAME_PASSWORD
    };
    let (start, len) = (line.start, line.end - line.start);
    let node = l.ascii_field(field, start, len);
    let text = line.text(l.data());
    let decoded = base64(text).filter(|d| !d.is_empty());
    l.enter();
    match &decoded {
        Some(plain) if name || secret => {
            l.text(start, len, |out| {
                out.push_str(if name { "[Username: " } else { "[Password: " });
                escaped(plain, out);
                out.push(']');
            });
        }
        Some(plain) => {
            // Whose rights are wanted (mostly empty), who logs in, and the password (RFC 4616).
            let mut parts = plain.splitn(3, |b| *b == 0);
            let _rights = parts.next();
            let names: [&str; 2] = ["[Username: ", "[Password: "];
            for (what, part) in names.iter().zip(parts) {
                l.text(start, len, |out| {
                    out.push_str(what);
                    escaped(part, out);
                    out.push(']');
                });
            }
        }
        // `=` stands for nothing, `*` calls the login off.
        None if matches!(text, b"=" | b"*" | b"") => {}
        None => {}
    }
    l.close();
    if decoded.is_none() && !matches!(text, b"=" | b"*" | b"") {
        l.issue(node, &BASE64);
    }
    if !name && decoded.is_some() {
        credentials::readable(l, node);
    }
}
