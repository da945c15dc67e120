//! NTP (RFC 5905; the client speaks version 2, as the book's does).

use super::{Draft, about};
use crate::lab::plan::{End, Plan, Transport};

/// Seconds from 1900, where NTP begins to count, to 1970.
const SINCE_1900: i64 = 2_208_988_800;

/// A time in NTP's form: seconds since 1900 and a fraction of 2^-32.
fn timestamp(ns: i64) -> [u8; 8] {
    let seconds = ns.div_euclid(1_000_000_000).saturating_add(SINCE_1900) as u32;
    let fraction = ((ns.rem_euclid(1_000_000_000) as u64) << 32) / 1_000_000_000;
    let mut bytes = [0; 8];
    bytes[..4].copy_from_slice(&seconds.to_be_bytes());
    bytes[4..].copy_from_slice(&(fraction as u32).to_be_bytes());
    bytes
}

/// A length of time in NTP's short form: seconds and a fraction of 2^-16.
fn short(microseconds: u64) -> [u8; 4] {
    (((microseconds << 16) + 500_000) / 1_000_000).to_be_bytes()[4..]
        .try_into()
        .unwrap_or_default()
}

/// A client asks a server for the time.
pub(in crate::lab) fn ntp() -> Plan {
    let mut draft = Draft::new(about(
        (
            "ntp",
            "What time is it?",
            "Learning Python Network Programming, ch. 6",
        ),
        "How a clock is set over a network, although the answer takes time to arrive.",
        "The answer holds four times: when the question was sent, when it came, when the answer was sent; the client adds when \
         that came. From the four follow the way there and back and how wrong the own clock is. Stratum says how far the \
         server is from an atomic clock.",
        "Stratum 2, precision 2^-23 s, root delay and dispersion. That the origin time of the answer is the transmit time of \
         the question.",
        &["ntp", "ntp.stratum == 2", "ntp.flags.mode == 4"],
    ));
    let client = draft.host("client", [192, 168, 0, 4]);
    let server = draft.host("time.example.org", [192, 168, 0, 123]);
    let connection = draft.connection(Transport::Udp, client, server, 123);
    let start = draft.0.start_ns;
    // Leap indicator 0, version 2, mode 3 (client).
    let mut question = vec![0x13];
    question.resize(40, 0);
    let sent = timestamp(start.saturating_add(250_000));
    question.extend_from_slice(&sent);
    draft.says(
        connection,
        End::Client,
        question,
        "What time is it? (version 2, client)",
        "Only the time at which it was sent is filled in.",
    );
    // The server's clock is a little ahead of the client's.
    let ahead = 42_000_000;
    let came = start.saturating_add(15_250_000 + ahead);
    // Mode 4 (server), stratum 2, polled every 2^6 seconds, precision 2^-23 s.
    let mut answer = vec![0x14, 2, 6, 0xe9];
    answer.extend_from_slice(&short(19_600));
    answer.extend_from_slice(&short(37_000));
    answer.extend_from_slice(&[213, 136, 0, 252]);
    answer.extend_from_slice(&timestamp(start.saturating_sub(411_700_000_000)));
    answer.extend_from_slice(&sent);
    answer.extend_from_slice(&timestamp(came));
    answer.extend_from_slice(&timestamp(came.saturating_add(1_000_000)));
    draft.says(
        connection,
        End::Server,
        answer,
        "Stratum 2; reference 213.136.0.252; origin, receive and transmit time",
        "The client compares: half of the way there and back is the age of the answer.",
    );
    draft.done()
}
