//! Who asks: what the credentials of a request hold (Basic as Base64, NTLM's messages).

use std::fmt::Write as _;

use super::head::Header;
use crate::dissect::Layer;

/// The three messages of NTLM, Windows' way to prove who one is without sending the password: what kind it is, and of whom.
pub(super) fn ntlm(l: &mut Layer<'_, '_>, header: &Header, message: &[u8]) {
    if !message.starts_with(b"NTLMSSP\0") {
        return;
    }
    let little = |at: usize, n: usize| {
        let bytes = message.get(at..at + n).unwrap_or(&[]);
        bytes.iter().rev().fold(0u32, |v, b| v << 8 | u32::from(*b))
    };
    let name = match little(8, 4) {
        1 => "NTLMSSP_NEGOTIATE",
        2 => "NTLMSSP_CHALLENGE",
        3 => "NTLMSSP_AUTH",
        _ => return,
    };
    let mut text = String::from(name);
    if name == "NTLMSSP_AUTH" {
        // Domain and user: length and place of each; in UTF-16 if the flags say so.
        let wide = little(60, 4) & 1 != 0;
        let field = |at: usize| {
            let (len, place) = (little(at, 2) as usize, little(at + 4, 4) as usize);
            let bytes = message
                .get(place..place.saturating_add(len))
                .unwrap_or_default();
            if wide {
                let units: Vec<u16> = bytes
                    .chunks_exact(2)
                    .map(|b| u16::from_le_bytes([b[0], b[1]]))
                    .collect();
                String::from_utf16_lossy(&units)
            } else {
                String::from_utf8_lossy(bytes).into_owned()
            }
        };
        let _ = write!(text, ", User: {}\\{}", field(28), field(36));
    }
    l.info_append(|out| {
        let _ = write!(out, ", {text}");
    });
    let line = header.line.clone();
    l.text(line.start, line.len(), |out| out.push_str(&text));
}
