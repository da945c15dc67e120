//! What other packets have to do with the chosen one: its conversation, its request or answers, the segments that it is put
//! together from. The packet list draws lines from it.

use super::load::Session;
use crate::dissect::{Tree, Value};
use crate::field::Kind;

/// A conversation of a transport protocol: TCP or not, and its number.
pub type Talk = (bool, u32);

/// What a packet is to the chosen one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It asks, and the chosen one answers.
    Request,
    /// It answers the chosen one.
    Answer,
    /// A message is put together from it and others, and the chosen one is or has part of it.
    Part,
    /// The message that the chosen one is a part of is whole there.
    Whole,
    /// The chosen one acknowledges it.
    Acknowledged,
    /// It is the same once more.
    Repeated,
}

impl Role {
    /// As a screen reader says it.
    pub const fn title(self) -> &'static str {
        match self {
            Role::Request => "asks for it",
            Role::Answer => "answers it",
            Role::Part => "part of the same message",
            Role::Whole => "has the whole message",
            Role::Acknowledged => "is acknowledged by it",
            Role::Repeated => "is the same once more",
        }
    }

    /// What a link of a packet to another one means, by the name of the field.
    fn of_field(name: &str) -> Option<Role> {
        Some(match name {
            "tcp.segment" => Role::Part,
            "tcp.analysis.acks_frame" => Role::Acknowledged,
            "tcp.analysis.duplicate_ack_frame"
            | "tcp.analysis.rto_frame"
            | "tcp.fin_retransmission"
            | "dns.retransmit_request_in"
            | "dns.retransmit_response_in" => Role::Repeated,
            _ if name.contains(".next_") || name.contains(".prev_") => return None,
            _ if name.ends_with(".response_in") || name.ends_with(".resp_in") => Role::Answer,
            _ if name.ends_with(".request_in")
                || name.ends_with(".response_to")
                || name.ends_with(".resp_to") =>
            {
                Role::Request
            }
            _ if name.ends_with(".fragment") => Role::Part,
            _ if name.ends_with(".reassembled_in") || name.ends_with(".reassembled.in") => {
                Role::Whole
            }
            _ => return None,
        })
    }
}

/// Segments of one message that are named, at most.
const PARTS: usize = 100_000;

/// What other packets have to do with one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Relations {
    /// The packet.
    pub number: u32,
    /// Its conversation.
    pub talk: Option<Talk>,
    /// The first and the last packet of the conversation.
    pub extent: Option<(u32, u32)>,
    /// Packets with a role, ascending, each once.
    links: Vec<(u32, Role)>,
}

impl Relations {
    /// What a packet is to this one.
    pub fn role(&self, number: u32) -> Option<Role> {
        let at = self.links.binary_search_by_key(&number, |l| l.0).ok()?;
        self.links.get(at).map(|l| l.1)
    }

    /// All packets with a role, ascending.
    pub fn links(&self) -> &[(u32, Role)] {
        &self.links
    }

    /// From where to where packets with a role of these reach, this one with them.
    pub fn reach(&self, of: impl Fn(Role) -> bool) -> Option<(u32, u32)> {
        let mut found = self.links.iter().filter(|l| of(l.1)).map(|l| l.0);
        let first = found.next()?;
        let last = found.next_back().unwrap_or(first);
        Some((first.min(self.number), last.max(self.number)))
    }
}

/// The conversation that a packet belongs to, as its tree says it.
pub fn talk(tree: &Tree) -> Option<Talk> {
    tree.nodes.iter().find_map(|node| {
        let tcp = match node.field.abbrev {
            "tcp.stream" => true,
            "udp.stream" => false,
            _ => return None,
        };
        match node.value {
            Value::U(stream) => Some((tcp, u32::try_from(stream).ok()?)),
            _ => None,
        }
    })
}

/// What other packets have to do with this one, whose tree is here.
pub fn relations(session: &Session, number: u32, tree: &Tree) -> Relations {
    let mut links = Vec::new();
    for node in tree.nodes.iter().filter(|n| n.field.kind == Kind::Frame) {
        let Value::U(target) = node.value else {
            continue;
        };
        let role = Role::of_field(node.field.abbrev);
        if let (Some(role), Ok(target)) = (role, u32::try_from(target))
            && target != number
            && links.len() < PARTS
        {
            links.push((target, role));
        }
    }
    let ages = session.facts();
    let facts = ages.of(number);
    // A segment knows where its message is whole; the other segments are known to the facts.
    if links.iter().any(|(_, role)| *role == Role::Whole) {
        for piece in facts.pieces(number) {
            let Some(message) = facts.messages.get(piece.message as usize) else {
                continue;
            };
            let spans = message.spans.start as usize..message.spans.end as usize;
            let spans = facts.spans.get(spans).unwrap_or_default().iter();
            let others = spans.filter(|s| s.frame != number && s.frame != message.last_frame);
            links.extend(others.take(PARTS).map(|s| (s.frame, Role::Part)));
        }
    }
    // Of several roles the first in their order is the one that is shown.
    links.sort_unstable();
    links.dedup_by_key(|l| l.0);
    let talk = talk(tree);
    let extent = talk.and_then(|(tcp, stream)| match tcp {
        true => {
            let stream = facts.tcp.get(stream as usize)?;
            Some((stream.first_frame(), stream.last_frame()))
        }
        false => {
            let stream = facts.udp.get(stream as usize)?;
            Some((stream.first_frame, stream.last_frame))
        }
    });
    Relations {
        number,
        talk,
        extent,
        links,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dissect::Want;
    use std::sync::Arc;

    fn of(name: &str, number: u32) -> Relations {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("captures");
        let registry = Arc::new(crate::protocols::registry());
        let path = path.join(name);
        let session = Session::open(&path, registry, Default::default(), Arc::new(|| {}));
        let session = Arc::new(session.unwrap());
        session.wait();
        let (mut view, mut tree) = (session.view(), Tree::new());
        view.dissect(number, None, Want::ALL, &mut tree).unwrap();
        relations(&session, number, &tree)
    }

    #[test]
    fn request_answer_and_segments_are_found_from_either() {
        // 4 asks; 6 and 8 are the answer.
        let request = of("http-keep-alive.pcap", 4);
        assert_eq!(request.links(), [(8, Role::Answer)]);
        assert_eq!(request.talk, Some((true, 0)));
        assert_eq!(request.extent, Some((1, 22)));
        let answer = of("http-keep-alive.pcap", 8);
        assert_eq!(answer.role(4), Some(Role::Request));
        assert_eq!(answer.role(6), Some(Role::Part));
        assert_eq!(answer.reach(|r| r == Role::Part), Some((6, 8)));
        let part = of("http-keep-alive.pcap", 6);
        assert_eq!(part.role(8), Some(Role::Whole));
        let ack = of("http-keep-alive.pcap", 5);
        assert_eq!(ack.links(), [(4, Role::Acknowledged)]);
    }

    #[test]
    fn datagrams_have_theirs() {
        let query = of("dns-records.pcap", 1);
        assert_eq!(query.links(), [(2, Role::Answer)]);
        let (first, last) = query.extent.unwrap();
        assert!(query.talk.is_some_and(|t| !t.0) && first == 1 && last >= 2);
    }
}
