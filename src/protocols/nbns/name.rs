//! NetBIOS names (RFC 1001 section 14): 16 bytes, of which the last tells what kind of service has the name. On the wire
//! each half byte becomes a letter from A to P, so that the name looks like one of DNS:
//!
//! ```text
//! "FRED           " 0x20   ->   EGFCEFEECACACACACACACACACACACACA
//! ```

use std::fmt::Write as _;

use crate::dissect::{Layer, Stop};
use crate::protocols::dns::name;

/// A name that was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// As it is shown: `FRED<20>`, with the scope behind a dot.
    pub text: String,
    /// What has the name, by its last byte; `None` if the name cannot be read.
    pub kind: Option<&'static str>,
    /// Bytes that it takes where it stands.
    pub used: usize,
}

impl Name {
    /// The name and, in parentheses, what has it.
    pub fn described(&self) -> String {
        match self.kind {
            Some(kind) => format!("{} ({kind})", self.text),
            None => self.text.clone(),
        }
    }
}

/// Read the name at a position of the message.
pub fn read(l: &Layer<'_, '_>, at: usize) -> Result<Name, Stop> {
    let encoded = name::read(l, 0, at)?;
    let (text, kind) = match decoded(encoded.bytes()) {
        Ok((bytes, scope)) => {
            let mut text = String::new();
            push(&bytes, &mut text);
            text.push_str(&String::from_utf8_lossy(scope));
            (text, Some(service(bytes[15])))
        }
        Err(what) => (format!("Illegal NetBIOS name ({what})"), None),
    };
    Ok(Name {
        text,
        kind,
        used: encoded.used,
    })
}

/// The 16 bytes, and the scope (with the dot before it).
fn decoded(encoded: &[u8]) -> Result<([u8; 16], &[u8]), String> {
    let end = encoded
        .iter()
        .position(|b| matches!(b, b'.' | 0))
        .unwrap_or(encoded.len());
    let (letters, scope) = encoded.split_at(end);
    let mut bytes = Vec::with_capacity(16);
    for pair in letters.chunks(2) {
        let half = |letter: u8, which: &str| {
            if letter.is_ascii_uppercase() {
                Ok(letter - b'A')
            } else {
                Err(format!(
                    "{which} character not between A and Z in first-level encoding"
                ))
            }
        };
        let high = half(pair[0], "1st")?;
        let Some(low) = pair.get(1) else {
            return Err("odd number of bytes".to_owned());
        };
        bytes.push(high << 4 | half(*low, "2nd")?);
    }
    let len = bytes.len();
    let bytes = bytes.try_into().map_err(|_| format!("{len} bytes long"))?;
    Ok((bytes, scope))
}

/// Write the 16 bytes of a name: without the blanks at its end, and with the last byte in angle brackets.
pub fn push(bytes: &[u8; 16], out: &mut String) {
    push_text(&bytes[..15], out);
    let _ = write!(out, "<{:02x}>", bytes[15]);
}

/// Write the readable part of a name; what cannot be printed in angle brackets.
pub fn push_text(bytes: &[u8], out: &mut String) {
    let end = bytes
        .iter()
        .rposition(|b| *b != b' ')
        .map_or(0, |at| at + 1);
    for byte in &bytes[..end] {
        if matches!(byte, 0x20..0x7f) {
            out.push(char::from(*byte));
        } else {
            let _ = write!(out, "<{byte:02x}>");
        }
    }
}

/// What has a name, by its last byte (Microsoft's list of NetBIOS suffixes).
pub fn service(last: u8) -> &'static str {
    match last {
        0x00 | 0x02 => "Workstation/Redirector",
        0x01 => "Browser",
        0x03 => "Messenger service/Main name",
        0x05 => "Forwarded name",
        0x06 => "RAS Server service",
        0x1b => "Domain Master Browser",
        0x1c => "Domain Controllers",
        0x1d => "Local Master Browser",
        0x1e => "Browser Election Service",
        0x1f => "Net DDE Service",
        0x20 => "Server service",
        0x21 => "RAS client service",
        0x22 => "Exchange Interchange (MSMail Connector)",
        0x23 => "Exchange Store",
        0x24 => "Exchange Directory",
        0x2b => "Lotus Notes Server service",
        0x30 => "Modem sharing server service",
        0x31 => "Modem sharing client service",
        0x43 => "SMS Clients Remote Control",
        0x44 => "SMS Administrators Remote Control Tool",
        0x45 => "SMS Clients Remote Chat",
        0x46 => "SMS Clients Remote Transfer",
        0x4c | 0x52 => "DEC Pathworks TCP/IP Service on Windows NT",
        0x6a => "Microsoft Exchange IMC",
        0x87 => "Microsoft Exchange MTA",
        0xbe => "Network Monitor Agent",
        0xbf => "Network Monitor Analyzer",
        _ => "Unknown",
    }
}
