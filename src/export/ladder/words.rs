//! A packet in plain words: what happens with it, and how its ends stand then.

use super::{Arrow, Fate, Ladder, Remark};

/// The flag bits.
const FIN: u16 = 1;
const SYN: u16 = 2;
const RST: u16 = 4;
const ACK: u16 = 16;

/// What happens in a row. What the maker of the packet said goes before what can be told from its numbers.
pub fn step(ladder: &Ladder, arrow: &Arrow) -> String {
    let mut out = if arrow.words.is_empty() {
        let mut out = content(ladder, arrow);
        out.push_str(match arrow.fate {
            Fate::Arrived => "",
            Fate::Lost => " It gets lost on its way.",
            Fate::Presumed => {
                " It probably got lost on its way: nobody acknowledged it before it was sent again."
            }
            Fate::Late => " Others overtook it on its way.",
            Fate::Doubled => " It is a copy that the wire made.",
            Fate::Damaged => " A bit of it was turned on its way, so it is dropped.",
        });
        out
    } else {
        arrow.words.clone()
    };
    for remark in &arrow.remarks {
        if let Some(words) = told(*remark) {
            out.push(' ');
            out.push_str(words);
        }
    }
    for end in arrow.ends.iter().filter(|e| e.new_state) {
        let name = ladder.name(Some(end.line));
        if let Some(state) = end.state {
            out.push_str(&format!(" {name}: {} ({}).", state.name(), state.meaning()));
        }
    }
    out
}

fn content(ladder: &Ladder, arrow: &Arrow) -> String {
    let from = ladder.name(Some(arrow.from));
    let to = ladder.name(arrow.to);
    let Some(n) = arrow.numbers else {
        let what = if arrow.line.is_empty() {
            String::new()
        } else {
            format!(": {}", arrow.line)
        };
        return format!("{from} to {to}, {}{what}.", arrow.title)
            .trim_end_matches("..")
            .to_owned();
    };
    let has = |bit: u16| n.flags & bit != 0;
    let before = n.ack.unwrap_or(0);
    let bytes = |len: u32| match len {
        1 => "1 byte".to_owned(),
        n => format!("{n} bytes"),
    };
    if has(RST) {
        return format!("{from} breaks the connection off, or refuses it (RST).");
    }
    if has(SYN) && has(ACK) {
        return format!(
            "{from} agrees (SYN, ACK) and asks back: it counts its own bytes from {}, and expects byte {} of {to} next, because the SYN counts as one.",
            n.seq_raw,
            n.ack_raw.unwrap_or(0)
        );
    }
    if has(SYN) {
        return format!(
            "{from} asks {to} for a connection (SYN). It counts its bytes from {}, which is shown as 0.",
            n.seq_raw
        );
    }
    if arrow.len > 0 {
        let said = if arrow.line.is_empty() {
            String::new()
        } else {
            format!(" \u{201c}{}\u{201d}:", arrow.line)
        };
        let verb = if arrow.line.is_empty() {
            "sends"
        } else {
            "says"
        };
        let last = if has(FIN) {
            " It says that these were the last (FIN)."
        } else {
            ""
        };
        return format!(
            "{from} {verb}{said} {}, numbered from {} to {}.{last} It has received everything before {before}.",
            bytes(arrow.len),
            n.seq,
            n.seq.wrapping_add(arrow.len - 1)
        );
    }
    if has(FIN) {
        return format!(
            "{from} has said everything (FIN), and has received everything before {before}."
        );
    }
    if has(ACK) {
        return format!("{from} has received everything before {before} (ACK).");
    }
    format!("{from} to {to}: a segment without flags.")
}

fn told(remark: Remark) -> Option<&'static str> {
    Some(match remark {
        Remark::Retransmission => "It was sent before, and nobody acknowledged it in time.",
        Remark::FastRetransmission => {
            "It was sent before; repeated acknowledgments tell the sender that it is missing."
        }
        Remark::SpuriousRetransmission => {
            "It was sent before and had already been acknowledged: sending it again was needless."
        }
        Remark::OutOfOrder => "It comes behind one that was sent later.",
        Remark::DuplicateAck(_) => {
            "The same acknowledgment was sent before: something came, but not what was expected next."
        }
        Remark::GapBefore => "A segment before it is not in the capture.",
        Remark::AcksUnseen => "What it acknowledges is not in the capture.",
        Remark::KeepAlive => "It asks only whether the other end is still there.",
        Remark::KeepAliveAck => "It says that this end is still there.",
        Remark::ZeroWindow => "Its sender has no room left (window 0): the other end must wait.",
        Remark::WindowProbe => "It asks whether there is room again.",
        Remark::WindowProbeAck => "It says how much room there is.",
        Remark::WindowUpdate => "Its sender has room for more.",
        Remark::WindowFull => "It fills all the room that the other end offered.",
        Remark::PortsReused => "These ports were used by a conversation before.",
    })
}
