//! Bytes in the forms that people and programs read: hex dump, hex stream, text, base64, arrays in source code.

use std::fmt::Write as _;

/// A form to copy bytes in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ByteForm {
    /// Characters: what is not text is left out.
    Text,
    /// Offset, hexadecimal and characters.
    HexDump,
    /// Hexadecimal digits without anything between.
    HexStream,
    /// A string as C has it, with `\x` escapes.
    Escaped,
    /// Base64 (RFC 4648, section 4).
    Base64,
    /// An array of C.
    C,
    /// An array of Rust.
    Rust,
    /// A bytes object of Python.
    Python,
}

impl ByteForm {
    /// All of them, in the order of the menus.
    pub const ALL: [ByteForm; 8] = [
        ByteForm::Text,
        ByteForm::HexDump,
        ByteForm::HexStream,
        ByteForm::Escaped,
        ByteForm::Base64,
        ByteForm::C,
        ByteForm::Rust,
        ByteForm::Python,
    ];

    /// The bytes in this form.
    pub fn write(self, bytes: &[u8]) -> String {
        match self {
            ByteForm::Text => text(bytes),
            ByteForm::HexDump => hex_dump(bytes),
            ByteForm::HexStream => hex_stream(bytes),
            ByteForm::Escaped => escaped(bytes),
            ByteForm::Base64 => base64(bytes),
            ByteForm::C => array(
                bytes,
                "static const unsigned char bytes[",
                "] = {\n",
                "};\n",
            ),
            ByteForm::Rust => array(bytes, "const BYTES: [u8; ", "] = [\n", "];\n"),
            ByteForm::Python => python(bytes),
        }
    }
}

/// UTF-8 text; bytes that are none, and control characters other than tab and line end, are left out.
pub fn text(bytes: &[u8]) -> String {
    let mut out = String::new();
    for chunk in bytes.utf8_chunks() {
        let shown = |c: &char| matches!(c, '\t' | '\n' | '\r') || !c.is_control();
        out.extend(chunk.valid().chars().filter(shown));
    }
    out
}

/// Lines of 16 bytes: offset, hexadecimal in two groups of eight, characters.
pub fn hex_dump(bytes: &[u8]) -> String {
    let mut out = String::new();
    let digits = if bytes.len() > 0x1_0000 { 8 } else { 4 };
    for (line, chunk) in bytes.chunks(16).enumerate() {
        let _ = write!(out, "{:0digits$x}  ", line * 16);
        for i in 0..16 {
            let _ = match chunk.get(i) {
                Some(byte) => write!(out, "{byte:02x} "),
                None => write!(out, "   "),
            };
            if i == 7 {
                out.push(' ');
            }
        }
        out.push(' ');
        out.extend(chunk.iter().map(|b| match b {
            0x20..0x7f => char::from(*b),
            _ => '.',
        }));
        out.push('\n');
    }
    out
}

/// Two digits a byte, nothing between.
pub fn hex_stream(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    for byte in bytes {
        let _ = write!(out, "{byte:02x}");
    }
    out
}

/// A string literal of C, quotes included. C takes as many hexadecimal digits after `\x` as come, so where a digit
/// follows an escape the string is closed and opened again.
pub fn escaped(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    let mut open = false;
    for byte in bytes {
        let escape = match byte {
            b'"' => "\\\"",
            b'\\' => "\\\\",
            b'\n' => "\\n",
            b'\r' => "\\r",
            b'\t' => "\\t",
            _ => "",
        };
        if !escape.is_empty() {
            out.push_str(escape);
            open = false;
        } else if (0x20..0x7f).contains(byte) {
            if open && byte.is_ascii_hexdigit() {
                out.push_str("\" \"");
            }
            out.push(char::from(*byte));
            open = false;
        } else {
            let _ = write!(out, "\\x{byte:02x}");
            open = true;
        }
    }
    out.push('"');
    out
}

/// Base64 with padding, in one line.
pub fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            out.push(if place <= chunk.len() {
                char::from(SIGNS[(bits >> (18 - 6 * place) & 63) as usize])
            } else {
                '='
            });
        }
    }
    out
}

fn array(bytes: &[u8], before: &str, between: &str, behind: &str) -> String {
    let mut out = format!("{before}{}{between}", bytes.len());
    for line in bytes.chunks(12) {
        out.push_str("    ");
        for (i, byte) in line.iter().enumerate() {
            let _ = write!(out, "{}0x{byte:02x},", if i > 0 { " " } else { "" });
        }
        out.push('\n');
    }
    out.push_str(behind);
    out
}

fn python(bytes: &[u8]) -> String {
    let mut out = String::from("data = bytes([\n");
    for line in bytes.chunks(12) {
        out.push_str("    ");
        for (i, byte) in line.iter().enumerate() {
            let _ = write!(out, "{}0x{byte:02x},", if i > 0 { " " } else { "" });
        }
        out.push('\n');
    }
    out.push_str("])\n");
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_as_in_its_rfc() {
        // RFC 4648, section 10.
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
        assert_eq!(base64(&[0xfb, 0xff, 0xbf]), "+/+/");
    }

    #[test]
    fn a_hex_dump_keeps_its_columns() {
        let bytes: Vec<u8> = (0x3e..0x50).collect();
        assert_eq!(
            hex_dump(&bytes),
            "0000  3e 3f 40 41 42 43 44 45  46 47 48 49 4a 4b 4c 4d  >?@ABCDEFGHIJKLM\n\
             0010  4e 4f                                             NO\n"
        );
        assert_eq!(hex_dump(&[]), "");
        assert!(hex_dump(&vec![0; 0x1_0001]).starts_with("00000000  "));
    }

    #[test]
    fn a_string_of_c_reads_back_to_the_same_bytes() {
        assert_eq!(escaped(b"a\"b\\\r\n\t"), r#""a\"b\\\r\n\t""#);
        // Without the break C would read one character \x00ab.
        assert_eq!(escaped(b"\0abz"), "\"\\x00\" \"abz\"");
        assert_eq!(escaped(b"\0z\xff"), "\"\\x00z\\xff\"");
    }

    #[test]
    fn text_leaves_out_what_is_none() {
        assert_eq!(
            text(b"GET /\r\n\0\x07\xffgr\xc3\xbcn"),
            "GET /\r\ngr\u{fc}n"
        );
    }

    #[test]
    fn arrays_of_three_languages() {
        let bytes: Vec<u8> = (1..=13).collect();
        assert_eq!(
            ByteForm::C.write(&bytes),
            "static const unsigned char bytes[13] = {\n    \
             0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x07, 0x08, 0x09, 0x0a, 0x0b, 0x0c,\n    0x0d,\n};\n"
        );
        assert_eq!(
            ByteForm::Rust.write(&[255]),
            "const BYTES: [u8; 1] = [\n    0xff,\n];\n"
        );
        assert_eq!(
            ByteForm::Python.write(&[0, 1]),
            "data = bytes([\n    0x00, 0x01,\n])\n"
        );
        assert_eq!(ByteForm::HexStream.write(&[0, 0xab]), "00ab");
    }
}
