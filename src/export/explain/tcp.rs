//! TCP: sequence and acknowledgment numbers, relative and absolute, lengths, windows, flags.

use super::{Explanation, Line, Packet, Subject, count, number};

/// What a TCP segment takes of the sequence numbers.
struct Segment {
    seq: u64,
    raw: u64,
    len: u64,
    syn: bool,
    fin: bool,
}

impl Segment {
    fn of(packet: &Packet<'_>) -> Option<Segment> {
        Some(Segment {
            seq: packet.number_of("tcp.seq")?,
            raw: packet.number_of("tcp.seq_raw")?,
            len: packet.number_of("tcp.len")?,
            syn: packet.number_of("tcp.flags.syn")? == 1,
            fin: packet.number_of("tcp.flags.fin")? == 1,
        })
    }

    /// Append ` + 73 (bytes of data) + 1 (FIN counts as one byte)`; with `plain`, only the numbers.
    fn append(&self, mut line: Line, plain: bool) -> Line {
        let note = |text: &str| {
            if plain {
                String::new()
            } else {
                format!(" ({text})")
            }
        };
        if self.len > 0 || !(self.syn || self.fin) {
            let what = if self.len == 1 {
                "byte of data"
            } else {
                "bytes of data"
            };
            line = line.and(" + ").of(self.len).and(&note(what));
        }
        for (set, name) in [(self.syn, "SYN"), (self.fin, "FIN")] {
            if set {
                line = line
                    .and(" + ")
                    .of(1)
                    .and(&note(&format!("{name} counts as one byte")));
            }
        }
        line
    }

    fn takes(&self) -> u64 {
        self.len + u64::from(self.syn) + u64::from(self.fin)
    }
}

/// A sum of sequence numbers goes on at 0 behind 2^32 - 1.
const ROUND: u64 = 1 << 32;

/// Tell what there is to tell.
pub(super) fn sums(subject: &Subject<'_>, out: &mut Explanation) {
    match subject.at.field.abbrev {
        "tcp.ack" | "tcp.ack_raw" => acknowledgment(subject, out),
        "tcp.seq" | "tcp.seq_raw" => sequence(subject, out),
        "tcp.nxtseq" => next(subject, out),
        "tcp.len" => length(subject, out),
        "tcp.hdr_len" => header(subject, out),
        "tcp.window_size" => window(subject, out),
        "tcp.flags" => flags(subject, out),
        "tcp.stream" | "udp.stream" => {
            if let Some(n) = number(subject.at) {
                out.remarks.push(Line::words(&format!(
                    "Conversations are counted from 0 in the order of the file: {} before this one.",
                    match n {
                        0 => "there is none".to_owned(),
                        1 => "there is 1".to_owned(),
                        n => format!("there are {n}"),
                    }
                )));
            }
        }
        "tcp.srcport" | "tcp.dstport" | "udp.srcport" | "udp.dstport" => {
            if let Some(port) = number(subject.at) {
                out.remarks.push(Line::words(match port {
                    0..=1023 => "A port from 0 to 1023: one of the well-known ports, where services listen (RFC 6335).",
                    1024..=49151 => "A port from 1024 to 49151: registered for services, but many systems also lend these to clients (RFC 6335).",
                    _ => "A port from 49152 on: dynamic, lent to a client for as long as it needs it (RFC 6335).",
                }));
            }
        }
        _ => {}
    }
}

fn acknowledgment(subject: &Subject<'_>, out: &mut Explanation) {
    if subject.number("tcp.flags.ack") == Some(0) {
        out.remarks.push(Line::words(
            "The ACK flag is not set, so these four bytes mean nothing.",
        ));
        return;
    }
    let (Some(ack), Some(raw)) = (subject.number("tcp.ack"), subject.number("tcp.ack_raw")) else {
        return;
    };
    let acked = subject
        .number("tcp.analysis.acks_frame")
        .and_then(|f| u32::try_from(f).ok())
        .and_then(|f| Some((f, Segment::of(subject.other(f)?)?)))
        .filter(|(_, s)| (s.seq + s.takes()) % ROUND == ack && (s.raw + s.takes()) % ROUND == raw);
    // The bytes were read above; what they mean comes from the segment that they answer.
    out.sums.clear();
    if let Some((frame, segment)) = acked {
        let line = Line::words("relative  ")
            .of(ack)
            .and(" = ")
            .of(segment.seq)
            .and(" (");
        out.sums
            .push(segment.append(line.frame(frame).and(")"), false));
        let line = Line::words("absolute  ").of(raw).and(" = ").of(segment.raw);
        out.sums.push(segment.append(line, true));
        if segment.len > 0 {
            let last = segment.seq + segment.len - 1;
            out.remarks.push(
                Line::words("It acknowledges the ")
                    .of(count(segment.len, "byte"))
                    .and(&format!(" from {} to {last} in ", segment.seq))
                    .frame(frame)
                    .and(&format!(": the next byte expected is number {ack}.")),
            );
        } else {
            let what = if segment.syn { "SYN" } else { "FIN" };
            out.remarks.push(
                Line::words(&format!("It acknowledges the {what} in "))
                    .frame(frame)
                    .and(", which takes up one sequence number though it carries no data."),
            );
        }
    } else if let Some(first) = (raw + ROUND).checked_sub(ack).map(|n| n % ROUND) {
        out.sums.push(
            Line::words("relative  ")
                .of(ack)
                .and(" = ")
                .of(raw)
                .and(" − ")
                .of(first)
                .and(" (the other side's first number in this capture)"),
        );
        out.sums.push(Line::words("absolute  ").of(raw));
        if ack > 0 {
            out.remarks.push(Line::words(&format!(
                "Everything before byte {ack} has arrived; that byte is the next one expected."
            )));
        }
    }
}

fn sequence(subject: &Subject<'_>, out: &mut Explanation) {
    let Some(segment) = own(subject) else { return };
    let first = (segment.raw + ROUND - segment.seq.min(ROUND)) % ROUND;
    out.sums.clear();
    out.sums.push(
        Line::words("relative  ")
            .of(segment.seq)
            .and(" = ")
            .of(segment.raw)
            .and(" − ")
            .of(first)
            .and(" (this side's first number in this capture)"),
    );
    out.sums.push(
        Line::words("absolute  ")
            .of(segment.raw)
            .and(", as the bytes have it"),
    );
    if segment.syn {
        out.remarks.push(Line::words(
            "This segment opens its direction: the sender picked the absolute number by chance, and it is counted as 0 from here on.",
        ));
    } else if segment.len > 0 {
        out.remarks.push(Line::words(&format!(
            "The {} of this segment have the numbers {} to {}.",
            count(segment.len, "byte"),
            segment.seq,
            segment.seq + segment.len - 1
        )));
    } else {
        out.remarks.push(Line::words(
            "The segment carries no data: this is the number that the next byte will have.",
        ));
    }
}

/// The segment that the subject is in.
fn own(subject: &Subject<'_>) -> Option<Segment> {
    Some(Segment {
        seq: subject.number("tcp.seq")?,
        raw: subject.number("tcp.seq_raw")?,
        len: subject.number("tcp.len")?,
        syn: subject.number("tcp.flags.syn")? == 1,
        fin: subject.number("tcp.flags.fin")? == 1,
    })
}

fn next(subject: &Subject<'_>, out: &mut Explanation) {
    let (Some(segment), Some(next)) = (own(subject), number(subject.at)) else {
        return;
    };
    if (segment.seq + segment.takes()) % ROUND == next {
        let line = Line::words("relative  ")
            .of(next)
            .and(" = ")
            .of(segment.seq);
        out.sums
            .push(segment.append(line.and(" (sequence number)"), false));
        let absolute = (segment.raw + segment.takes()) % ROUND;
        let line = Line::words("absolute  ")
            .of(absolute)
            .and(" = ")
            .of(segment.raw);
        out.sums.push(segment.append(line, true));
    }
}

fn length(subject: &Subject<'_>, out: &mut Explanation) {
    let (Some(len), Some(header)) = (number(subject.at), subject.number("tcp.hdr_len")) else {
        return;
    };
    let four = subject
        .below_number("ip.len")
        .zip(subject.below_number("ip.hdr_len"));
    if let Some((total, ip)) = four
        && total.checked_sub(ip + header) == Some(len)
    {
        out.sums.push(
            Line::value(len)
                .and(" = ")
                .of(total)
                .and(" (total length in the IP header) − ")
                .of(ip)
                .and(" (IP header) − ")
                .of(header)
                .and(" (TCP header)"),
        );
    } else if let Some(plen) = subject.below_number("ipv6.plen")
        && plen.checked_sub(header) == Some(len)
    {
        out.sums.push(
            Line::value(len)
                .and(" = ")
                .of(plen)
                .and(" (payload length in the IPv6 header) − ")
                .of(header)
                .and(" (TCP header)"),
        );
    }
    out.remarks.push(Line::words(
        "TCP's header has no field for it: the receiver works it out like this.",
    ));
}

fn header(subject: &Subject<'_>, out: &mut Explanation) {
    let Some(length) = number(subject.at).filter(|n| n % 4 == 0) else {
        return;
    };
    out.sums.push(
        Line::value(length)
            .and(" = ")
            .of(length / 4)
            .and(" × 4: the field counts words of four bytes"),
    );
    if let Some(options) = length.checked_sub(20).filter(|n| *n > 0) {
        out.sums.push(
            Line::value(length)
                .and(" = 20 (without options) + ")
                .of(options)
                .and(" (options)"),
        );
    }
}

fn window(subject: &Subject<'_>, out: &mut Explanation) {
    let (Some(size), Some(field)) = (number(subject.at), subject.number("tcp.window_size_value"))
    else {
        return;
    };
    let factor = subject.number("tcp.window_size_scalefactor");
    out.sums.clear();
    match factor {
        Some(factor) if factor > 0 && field.checked_mul(factor) == Some(size) => {
            out.sums.push(
                Line::value(size)
                    .and(" = ")
                    .of(field)
                    .and(" (in the header) × ")
                    .of(factor)
                    .and(" (announced by this side in its SYN: window scale)"),
            );
        }
        _ if size == field => out.sums.push(
            Line::value(size).and(", as the header has it: no scaling applies or none was seen"),
        ),
        _ => {}
    }
    out.remarks.push(Line::words(&format!(
        "So many bytes may be under way to this side before it acknowledges any: {}.",
        count(size, "byte")
    )));
}

fn flags(subject: &Subject<'_>, out: &mut Explanation) {
    const WORDS: &[(&str, &str)] = &[
        (
            "tcp.flags.syn",
            "SYN opens this direction and tells its first sequence number.",
        ),
        (
            "tcp.flags.ack",
            "ACK says that the acknowledgment number holds.",
        ),
        (
            "tcp.flags.push",
            "PSH asks the receiver to hand the data to the program at once.",
        ),
        (
            "tcp.flags.fin",
            "FIN says that this side has no more to send.",
        ),
        ("tcp.flags.reset", "RST breaks the connection off at once."),
        ("tcp.flags.urg", "URG says that the urgent pointer holds."),
        (
            "tcp.flags.ece",
            "ECE passes on that the network marked a packet as congested.",
        ),
        (
            "tcp.flags.cwr",
            "CWR answers ECE: this side has slowed down.",
        ),
    ];
    for (abbrev, words) in WORDS {
        if subject.number(abbrev) == Some(1) {
            out.remarks.push(Line::words(words));
        }
    }
}
