//! DNS (RFC 1035): questions made by dns-parser's builder, answers written here.

use std::net::{Ipv4Addr, Ipv6Addr};

use dns_parser::{Builder, QueryClass, QueryType};

use super::{Draft, about};
use crate::lab::plan::{Act, End, Plan, Transport};

const BOOK: &str = "Learning Python Network Programming, ch. 6";

/// A question, recursion desired.
fn question(id: u16, name: &str, kind: QueryType) -> Vec<u8> {
    let mut builder = Builder::new_query(id, true);
    builder.add_question(name, false, kind, QueryClass::IN);
    // A question that does not fit into 512 bytes comes back cut short; ours do fit.
    builder.build().unwrap_or_else(|cut| cut)
}

/// The same with an OPT record (RFC 6891): the asker can take answers of this many bytes.
fn question_edns(id: u16, name: &str, kind: QueryType, size: u16) -> Vec<u8> {
    let mut bytes = question(id, name, kind);
    if let Some(count) = bytes.get_mut(10..12) {
        count.copy_from_slice(&[0, 1]);
    }
    bytes.extend_from_slice(&[0, 0, 41]);
    bytes.extend_from_slice(&size.to_be_bytes());
    bytes.extend_from_slice(&[0, 0, 0, 0, 0, 0]);
    bytes
}

/// What a record holds.
enum Data<'a> {
    A([u8; 4]),
    Aaaa(Ipv6Addr),
    Name(u16, &'a str),
    Mx(u16, &'a str),
    Txt(&'a [u8]),
    Soa(&'a str, &'a str, [u32; 5]),
}

/// An answer being written, with names pointing back to earlier ones (section 4.1.4).
struct Answer {
    bytes: Vec<u8>,
    /// Names that were written, and where.
    known: Vec<(String, u16)>,
}

/// Flags of an answer: response, recursion desired and available.
const FLAGS: u16 = 0x8180;
/// Cut short: ask again over TCP.
const TRUNCATED: u16 = 0x0200;
/// Response code: no such name.
const NO_SUCH_NAME: u16 = 3;

impl Answer {
    /// The head, with the question repeated.
    fn new(question: &[u8], name: &str, flags: u16) -> Self {
        let mut bytes = question.get(..2).unwrap_or(&[0, 0]).to_vec();
        bytes.extend_from_slice(&flags.to_be_bytes());
        bytes.extend_from_slice(&[0, 1, 0, 0, 0, 0, 0, 0]);
        let mut answer = Self {
            bytes,
            known: Vec::new(),
        };
        answer.name(name);
        let end = answer.bytes.len();
        answer
            .bytes
            .extend_from_slice(question.get(end..end + 4).unwrap_or_default());
        answer
    }

    fn name(&mut self, name: &str) {
        let mut rest = name;
        while !rest.is_empty() {
            if let Some((_, at)) = self.known.iter().find(|(n, _)| n == rest) {
                self.bytes.extend_from_slice(&(0xc000 | at).to_be_bytes());
                return;
            }
            if let Ok(at) = u16::try_from(self.bytes.len())
                && at < 0x4000
            {
                self.known.push((rest.to_owned(), at));
            }
            let (label, more) = rest.split_once('.').unwrap_or((rest, ""));
            self.bytes.push(label.len() as u8);
            self.bytes.extend_from_slice(label.as_bytes());
            rest = more;
        }
        self.bytes.push(0);
    }

    /// A record in a section: 0 answers, 1 authority, 2 additional.
    fn record(mut self, section: usize, name: &str, ttl: u32, data: &Data<'_>) -> Self {
        let count = self.bytes[7 + 2 * section];
        self.bytes[7 + 2 * section] = count.saturating_add(1);
        self.name(name);
        let kind: u16 = match data {
            Data::A(_) => 1,
            Data::Aaaa(_) => 28,
            Data::Name(kind, _) => *kind,
            Data::Mx(..) => 15,
            Data::Txt(_) => 16,
            Data::Soa(..) => 6,
        };
        self.bytes.extend_from_slice(&kind.to_be_bytes());
        self.bytes.extend_from_slice(&[0, 1]);
        self.bytes.extend_from_slice(&ttl.to_be_bytes());
        let at = self.bytes.len();
        self.bytes.extend_from_slice(&[0, 0]);
        match data {
            Data::A(octets) => self.bytes.extend_from_slice(octets),
            Data::Aaaa(address) => self.bytes.extend_from_slice(&address.octets()),
            Data::Name(_, name) => self.name(name),
            Data::Mx(preference, name) => {
                self.bytes.extend_from_slice(&preference.to_be_bytes());
                self.name(name);
            }
            Data::Txt(text) => {
                for part in text.chunks(255) {
                    self.bytes.push(part.len() as u8);
                    self.bytes.extend_from_slice(part);
                }
            }
            Data::Soa(primary, mailbox, numbers) => {
                self.name(primary);
                self.name(mailbox);
                for number in numbers {
                    self.bytes.extend_from_slice(&number.to_be_bytes());
                }
            }
        }
        let len = (self.bytes.len() - at - 2) as u16;
        self.bytes[at..at + 2].copy_from_slice(&len.to_be_bytes());
        self
    }

    /// An OPT record: the server can take this many bytes.
    fn edns(mut self, size: u16) -> Self {
        self.bytes[11] = self.bytes[11].saturating_add(1);
        self.bytes.extend_from_slice(&[0, 0, 41]);
        self.bytes.extend_from_slice(&size.to_be_bytes());
        self.bytes.extend_from_slice(&[0, 0, 0, 0, 0, 0]);
        self
    }
}

/// With TCP a message has its length before it (section 4.2.2).
fn with_length(message: &[u8]) -> Vec<u8> {
    let mut bytes = (message.len() as u16).to_be_bytes().to_vec();
    bytes.extend_from_slice(message);
    bytes
}

/// A client that asks, and the server that it asks.
fn draft(about: crate::lab::plan::About) -> (Draft, usize, usize) {
    let mut draft = Draft::new(about);
    let client = draft.host("client", [192, 168, 0, 4]);
    let server = draft.host("resolver", [192, 168, 0, 1]);
    (draft, client, server)
}

/// Asks and answers over UDP.
fn asks(
    draft: &mut Draft,
    (client, server): (usize, usize),
    (question, asked): (Vec<u8>, &str),
    (answer, answered): (Answer, &str),
    note: &str,
) {
    let connection = draft.connection(Transport::Udp, client, server, 53);
    draft.says(connection, End::Client, question, asked, "");
    draft.says(connection, End::Server, answer.bytes, answered, note);
}

/// The address of python.org.
pub(in crate::lab) fn dns_a() -> Plan {
    let (mut draft, client, server) = draft(about(
        (
            "dns-a",
            "A name is looked up: python.org",
            "Learning Python Network Programming, ch. 1",
        ),
        "What happens before anything else: a name becomes an address.",
        "A question and its answer have the same identification, and the answer repeats the question. One datagram each way, \
         mostly.",
        "The flags: query or response, recursion desired and available. How long the answer may be kept (time to live).",
        &[
            "dns",
            "dns.qry.name == \"python.org\"",
            "dns.a == 104.130.43.121",
        ],
    ));
    let q = question(0x2a51, "python.org", QueryType::A);
    let a = Answer::new(&q, "python.org", FLAGS).record(
        0,
        "python.org",
        599,
        &Data::A([104, 130, 43, 121]),
    );
    asks(
        &mut draft,
        (client, server),
        (q, "What is the address of python.org?"),
        (a, "104.130.43.121, good for 599 seconds"),
        "",
    );
    draft.done()
}

/// A and AAAA of www.python.org, which is another name for another.
pub(in crate::lab) fn dns_cname() -> Plan {
    const NAME: &str = "www.python.org";
    const REAL: &str = "python.map.fastly.net";
    let (mut draft, client, server) = draft(about(
        (
            "dns-cname",
            "A name that stands for another: www.python.org",
            BOOK,
        ),
        "How a site is served from somebody else's machines.",
        "A CNAME record says that a name is only another name; the answer brings the record of the true name along. The \
         authority section names the servers that are responsible, the additional section their addresses.",
        "The chain from www.python.org to python.map.fastly.net to the address. That the alias may be kept for a day and \
         the address for 20 seconds only.",
        &["dns", "dns.cname", "dns.resp.ttl < 60", "dns.id == 0xc616"],
    ));
    let servers = |mut answer: Answer| {
        for n in 1..=4u8 {
            let name = format!("ns{n}.fastly.net");
            answer = answer.record(1, "fastly.net", 110_837, &Data::Name(2, &name));
        }
        for (n, octets) in (1..=4u8).zip([
            [23, 235, 32, 32],
            [104, 156, 80, 32],
            [23, 235, 36, 32],
            [104, 156, 84, 32],
        ]) {
            let name = format!("ns{n}.fastly.net");
            answer = answer.record(2, &name, 110_837, &Data::A(octets));
        }
        answer
    };
    let q = question(0xc616, NAME, QueryType::A);
    let a = Answer::new(&q, NAME, FLAGS)
        .record(0, NAME, 83_469, &Data::Name(5, REAL))
        .record(0, REAL, 20, &Data::A([185, 31, 19, 223]));
    let a = servers(a);
    asks(
        &mut draft,
        (client, server),
        (q, "What is the IPv4 address of www.python.org?"),
        (a, "It is python.map.fastly.net, and that is 185.31.19.223"),
        "Four name servers of fastly.net, and their addresses, come along unasked.",
    );
    let q = question(0xc617, NAME, QueryType::AAAA);
    let a = Answer::new(&q, NAME, FLAGS)
        .record(0, NAME, 83_469, &Data::Name(5, REAL))
        .record(
            1,
            "fastly.net",
            30,
            &Data::Soa(
                "ns1.fastly.net",
                "hostmaster.fastly.com",
                [2_013_061_801, 3600, 600, 604_800, 30],
            ),
        );
    asks(
        &mut draft,
        (client, server),
        (q, "And its IPv6 address?"),
        (a, "It is python.map.fastly.net, which has none"),
        "No error: the name exists, but has no such record. The SOA record says for how long that may be believed.",
    );
    draft.done()
}

/// Where mail for google.com goes.
pub(in crate::lab) fn dns_mx() -> Plan {
    const NAME: &str = "google.com";
    let (mut draft, client, server) = draft(about(
        ("dns-mx", "Where does mail go? MX of google.com", BOOK),
        "How a mail server finds the one that takes a domain's mail.",
        "MX records name the mail servers of a domain, each with a preference: the smallest is tried first.",
        "Five servers with the preferences 10 to 50.",
        &["dns.qry.type == 15", "dns.mx.preference < 20"],
    ));
    let q = question(0x5b21, NAME, QueryType::MX);
    let mut a = Answer::new(&q, NAME, FLAGS);
    for (preference, host) in [
        (10, "aspmx.l.google.com"),
        (20, "alt1.aspmx.l.google.com"),
        (30, "alt2.aspmx.l.google.com"),
        (40, "alt3.aspmx.l.google.com"),
        (50, "alt4.aspmx.l.google.com"),
    ] {
        a = a.record(0, NAME, 600, &Data::Mx(preference, host));
    }
    asks(
        &mut draft,
        (client, server),
        (q, "Who takes mail for google.com?"),
        (
            a,
            "aspmx.l.google.com first (10), then alt1 (20) to alt4 (50)",
        ),
        "",
    );
    draft.done()
}

/// Reverse, text, start of authority, no such name, too long for a datagram, EDNS.
pub(in crate::lab) fn dns_more() -> Plan {
    let (mut draft, client, server) = draft(about(
        (
            "dns-more",
            "Names of addresses, texts, no such name, and an answer too long for a datagram",
            BOOK,
        ),
        "What else can be asked, and what else can be answered.",
        "The name of an address is asked for with its numbers in reverse, below in-addr.arpa. An answer that does not fit into \
         512 bytes is marked as cut short, and asked for again over TCP; or the asker says with EDNS that it can take more.",
        "The TC flag, and the same question over TCP, where each message has its length before it. The OPT record. The \
         response code of the name that does not exist.",
        &[
            "dns.flags.rcode == 3",
            "dns.flags.truncated == 1",
            "dns and tcp",
            "dns.qry.type == 12",
            "dns.opt or dns.rr.udp_payload_size",
        ],
    ));
    let ends = (client, server);
    let reverse = "223.19.31.185.in-addr.arpa";
    let q = question(0x1001, reverse, QueryType::PTR);
    let a = Answer::new(&q, reverse, FLAGS).record(
        0,
        reverse,
        3600,
        &Data::Name(12, "www.example.net"),
    );
    asks(
        &mut draft,
        ends,
        (q, "Whose address is 185.31.19.223?"),
        (a, "www.example.net's"),
        "",
    );
    let q = question(0x1002, "example.org", QueryType::TXT);
    let a = Answer::new(&q, "example.org", FLAGS).record(
        0,
        "example.org",
        3600,
        &Data::Txt(b"v=spf1 mx -all"),
    );
    asks(
        &mut draft,
        ends,
        (q, "Which texts does example.org have?"),
        (a, "\"v=spf1 mx -all\""),
        "Who may send mail in this name.",
    );
    let soa = Data::Soa(
        "ns.example.org",
        "hostmaster.example.org",
        [2_015_031_501, 7200, 3600, 1_209_600, 300],
    );
    let q = question(0x1003, "example.org", QueryType::SOA);
    let a = Answer::new(&q, "example.org", FLAGS).record(0, "example.org", 3600, &soa);
    asks(
        &mut draft,
        ends,
        (q, "Who is responsible for example.org?"),
        (a, "ns.example.org; version 2015031501"),
        "",
    );
    let missing = "no-such-host.example.org";
    let q = question(0x1004, missing, QueryType::A);
    let a = Answer::new(&q, missing, FLAGS | NO_SUCH_NAME).record(1, "example.org", 300, &soa);
    asks(
        &mut draft,
        ends,
        (q, "What is the address of no-such-host.example.org?"),
        (a, "There is no such name"),
        "Response code 3. The SOA record says for how long that may be believed.",
    );
    long_answer(&mut draft, ends);
    draft.done()
}

/// An answer that does not fit: over UDP cut short, then over TCP, then over UDP with EDNS.
fn long_answer(draft: &mut Draft, (client, server): (usize, usize)) {
    const NAME: &str = "many.example.org";
    let full = |question: &[u8]| {
        let mut answer = Answer::new(question, NAME, FLAGS);
        for n in 1..=40u8 {
            let address = Ipv4Addr::new(192, 0, 2, n).octets();
            answer = answer.record(0, NAME, 60, &Data::A(address));
        }
        answer
    };
    let q = question(0x1005, NAME, QueryType::A);
    let mut a = Answer::new(&q, NAME, FLAGS | TRUNCATED);
    for n in 1..=28u8 {
        a = a.record(0, NAME, 60, &Data::A([192, 0, 2, n]));
    }
    asks(
        draft,
        (client, server),
        (q, "What are the addresses of many.example.org?"),
        (a, "28 of them; there are more (cut short)"),
        "The TC flag is set: the answer does not fit into 512 bytes.",
    );
    let tcp = draft.connection(Transport::Tcp, client, server, 53);
    draft.step(
        Act::Open(tcp),
        "(client connects to port 53 of resolver)",
        "The same question again, over TCP, which has no such limit.",
    );
    let q = question(0x1006, NAME, QueryType::A);
    let a = full(&q).bytes;
    let asked = "What are the addresses of many.example.org?";
    draft.says(tcp, End::Client, with_length(&q), asked, "");
    draft.says(tcp, End::Server, with_length(&a), "all 40 of them", "");
    draft.step(Act::Close(tcp, End::Client), "close C", "");
    draft.step(Act::Close(tcp, End::Server), "close S", "");
    let q = question_edns(0x1007, NAME, QueryType::A, 1232);
    let a = full(&q).edns(1232);
    asks(
        draft,
        (client, server),
        (q, "The same; and I can take 1232 bytes (EDNS)"),
        (a, "all 40 of them"),
        "With EDNS the answer fits into one datagram.",
    );
    let name = "host.example.org";
    let q = question(0x1008, name, QueryType::AAAA);
    let address = Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0x80);
    let a = Answer::new(&q, name, FLAGS).record(0, name, 60, &Data::Aaaa(address));
    asks(
        draft,
        (client, server),
        (q, "What is the IPv6 address of host.example.org?"),
        (a, "2001:db8::80"),
        "",
    );
}
