//! Which request and which answer belong together: the notes that the scan leaves and the tree reads.
//!
//! Requests and answers of a conversation form a chain of *exchanges*. A request begins one; an answer joins the newest
//! exchange if that has none yet, and begins one of its own otherwise (an answer after `100 Continue` does). Three kinds of note:
//! one for the conversation, one for each exchange, one for each message.

use crate::flow::facts::{Facts, NONE, Note, tag};

/// Tag of the conversation's note: exchanges, newest exchange, URI asked for last (place, length), CONNECT's target (place, length).
pub(super) const CONVERSATION: u16 = tag(b"HC");
/// Tag of an exchange's note: request's frame, answer's frame, exchange before, exchange behind, number.
pub(super) const EXCHANGE: u16 = tag(b"HE");
/// Tag of a message's note: conversation, exchange, URI (place, length), whether it goes through a tunnel.
pub(super) const MESSAGE: u16 = tag(b"HT");

/// What is known of a message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Links {
    /// Number of its exchange, from 1; 0 for tunnelled bytes.
    pub number: u32,
    /// How many exchanges the conversation has.
    pub total: u32,
    /// Frame of the request of the same exchange, 0 = none.
    pub request: u32,
    /// Frame of the answer.
    pub response: u32,
    /// The exchange before: request, answer.
    pub before: (u32, u32),
    /// The exchange behind: request, answer.
    pub behind: (u32, u32),
    /// The URI that was asked for (place and length of the text).
    pub uri: (u32, u32),
    /// What CONNECT asked for (place and length), where the message goes through a tunnel.
    pub tunnel: Option<(u32, u32)>,
}

fn push(facts: &mut Facts, frame: u32, tag: u16, ordinal: u16, values: [u32; 7]) -> u32 {
    let at = u32::try_from(facts.notes.len()).unwrap_or(NONE);
    facts.notes.push(Note {
        frame,
        tag,
        ordinal,
        values,
    });
    at
}

fn values(facts: &mut Facts, note: u32, tag: u16) -> Option<&mut [u32; 7]> {
    facts
        .notes
        .get_mut(note as usize)
        .filter(|n| n.tag == tag)
        .map(|n| &mut n.values)
}

fn conversation(facts: &mut Facts, conversation: &mut u32, frame: u32) {
    if *conversation == NONE {
        *conversation = push(facts, frame, CONVERSATION, 0, [0, NONE, 0, 0, 0, 0, 0]);
    }
}

/// A new exchange at the end of the chain.
fn exchange(facts: &mut Facts, conversation: u32, frame: u32, request: u32, response: u32) -> u32 {
    let (count, last) =
        values(facts, conversation, CONVERSATION).map_or((0, NONE), |v| (v[0], v[1]));
    let count = count.saturating_add(1);
    let exchange = push(
        facts,
        frame,
        EXCHANGE,
        0,
        [request, response, last, NONE, count, 0, 0],
    );
    if let Some(v) = values(facts, last, EXCHANGE) {
        v[3] = exchange;
    }
    if let Some(v) = values(facts, conversation, CONVERSATION) {
        v[0] = count;
        v[1] = exchange;
    }
    exchange
}

/// A request is complete in this frame. Returns its note.
pub(super) fn request(
    facts: &mut Facts,
    conv: &mut u32,
    frame: u32,
    ordinal: u16,
    uri: &[u8],
) -> u32 {
    conversation(facts, conv, frame);
    let exchange = exchange(facts, *conv, frame, frame, 0);
    let mut place = (0, 0);
    if !uri.is_empty() {
        place = facts.keep_text(uri);
        if let Some(v) = values(facts, *conv, CONVERSATION) {
            (v[2], v[3]) = place;
        }
    }
    let note = [*conv, exchange, place.0, place.1, 0, 0, 0];
    push(facts, frame, MESSAGE, ordinal, note)
}

/// An answer is complete in this frame. Returns its note.
pub(super) fn response(facts: &mut Facts, conv: &mut u32, frame: u32, ordinal: u16) -> u32 {
    conversation(facts, conv, frame);
    let (last, at, len) =
        values(facts, *conv, CONVERSATION).map_or((NONE, 0, 0), |v| (v[1], v[2], v[3]));
    let joined = match values(facts, last, EXCHANGE) {
        Some(v) if v[1] == 0 => {
            v[1] = frame;
            true
        }
        _ => false,
    };
    let exchange = if joined {
        last
    } else {
        exchange(facts, *conv, frame, 0, frame)
    };
    push(
        facts,
        frame,
        MESSAGE,
        ordinal,
        [*conv, exchange, at, len, 0, 0, 0],
    )
}

/// CONNECT asks for a tunnel to this host and port.
pub(super) fn connect(facts: &mut Facts, conv: &mut u32, frame: u32, target: &[u8]) {
    conversation(facts, conv, frame);
    let place = facts.keep_text(target);
    if let Some(v) = values(facts, *conv, CONVERSATION) {
        (v[4], v[5]) = place;
    }
}

/// Bytes of a tunnel. Returns their note.
pub(super) fn tunnel(facts: &mut Facts, conv: &mut u32, frame: u32) -> u32 {
    conversation(facts, conv, frame);
    push(facts, frame, MESSAGE, 0, [*conv, NONE, 0, 0, 1, 0, 0])
}

/// What a message's note tells.
pub(super) fn read(facts: &Facts, note: &Note) -> Links {
    let get = |at: u32, tag: u16| {
        facts
            .notes
            .get(at as usize)
            .filter(|n| n.tag == tag)
            .map(|n| n.values)
    };
    let Some(conversation) = get(note.values[0], CONVERSATION) else {
        return Links::default();
    };
    let mut links = Links {
        total: conversation[0],
        uri: (note.values[2], note.values[3]),
        tunnel: (note.values[4] == 1).then_some((conversation[4], conversation[5])),
        ..Links::default()
    };
    let Some(exchange) = get(note.values[1], EXCHANGE) else {
        return links;
    };
    if links.uri.1 == 0 && exchange[0] == 0 {
        // An answer without a request before it: what is asked for later is the best guess.
        links.uri = (conversation[2], conversation[3]);
    }
    let pair = |at: u32| get(at, EXCHANGE).map_or((0, 0), |v| (v[0], v[1]));
    Links {
        number: exchange[4],
        request: exchange[0],
        response: exchange[1],
        before: pair(exchange[2]),
        behind: pair(exchange[3]),
        ..links
    }
}
