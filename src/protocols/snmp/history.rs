//! Which response answers which request, and where messages end in a TCP stream.
//!
//! Requests and responses of one conversation with one request-id belong together. If the number comes again, the newest
//! request and the newest response are the pair, and the older ones point to it.

use std::collections::HashMap;

use super::fields::{RESPONSE_IN, RESPONSE_TO, TIME};
use crate::dissect::{Layer, Value};
use crate::flow::facts::{Facts, NONE, Note, tag as note_tag};
use crate::flow::history::RequestKey;
use crate::flow::message::{Context, Framer, Step};
use crate::flow::tcp::Direction;
use crate::protocols::ber::{self, Class, Found, tag};

/// Whose notes these are.
const TAG: u16 = note_tag(b"SN");
/// In a note: the index of the note that holds the pair; the first of the number holds it itself.
const HOLDER: usize = 0;
/// In a holder's note: the frame of the request, and of the response; 0 = none.
const REQUEST: usize = 1;
const RESPONSE: usize = 2;

/// The frames of a request and of its response.
#[derive(Clone, Copy, Debug)]
pub struct Pair {
    request: u32,
    response: u32,
}

/// The number of a message, and whether it is a response; `None` for messages that expect no answer, or that cannot be read.
fn transaction(bytes: &[u8]) -> Option<(u32, bool)> {
    let (_, message, _) = ber::split(bytes)?;
    let (head, version, rest) = ber::split(message)?;
    if head.class != Class::Universal || head.tag != tag::INTEGER {
        return None;
    }
    let (first, _, rest) = ber::split(rest)?;
    let (mut head, mut content, rest) = ber::split(rest)?;
    if ber::signed(version)? == 3 {
        // That was the header and what the security model says; now the data, in the clear or not at all.
        if first.tag != tag::SEQUENCE {
            return None;
        }
        let (scoped, inside, _) = ber::split(rest)?;
        if scoped.class != Class::Universal || scoped.tag != tag::SEQUENCE {
            return None;
        }
        let (_, _, inside) = ber::split(inside)?;
        let (_, _, inside) = ber::split(inside)?;
        (head, content, _) = ber::split(inside)?;
    }
    let response = match (head.class, head.tag) {
        (Class::Context, 0 | 1 | 3 | 5 | 6) => false,
        (Class::Context, 2) => true,
        _ => return None,
    };
    let (number, id, _) = ber::split(content)?;
    if number.class != Class::Universal || number.tag != tag::INTEGER {
        return None;
    }
    Some((ber::signed(id)? as u32, response))
}

/// Take a message into the history. `holder` is the note that holds the pair of its number, if the number was met. Returns the
/// message's own note.
fn track(facts: &mut Facts, holder: Option<u32>, frame: u32, ordinal: u16, response: bool) -> u32 {
    let at = u32::try_from(facts.notes.len()).unwrap_or(NONE);
    let mut values = [0; 7];
    match holder.and_then(|h| Some((h, facts.notes.get_mut(h as usize)?))) {
        Some((holder, note)) => {
            values[HOLDER] = holder;
            if !response {
                note.values[REQUEST] = frame;
            } else if note.values[REQUEST] != 0 {
                note.values[RESPONSE] = frame;
            }
        }
        None => {
            // A response without a request belongs to none, but its number may come again.
            values[HOLDER] = at;
            if !response {
                values[REQUEST] = frame;
            }
        }
    }
    facts.notes.push(Note {
        frame,
        tag: TAG,
        ordinal,
        values,
    });
    at
}

/// In the scan: who answers whom, on UDP.
pub fn link(l: &mut Layer<'_, '_>) {
    if l.cx.packet.message_note != NONE || l.cx.packet.quoted {
        return; // the framer did it; or an error message repeats it, and it was not sent again
    }
    let Some((id, response)) = transaction(l.data()) else {
        return;
    };
    let key = RequestKey {
        tag: TAG,
        conversation: l.cx.packet.stream,
        id: u64::from(id),
    };
    let (frame, ordinal) = (l.cx.frame.number, l.cx.packet.transport_ordinal);
    if let Some((history, facts)) = l.scan() {
        let holder = history.requested(&key);
        let note = track(facts, holder, frame, ordinal, response);
        if holder.is_none() {
            history.request(key, note);
        }
    }
}

/// The pair that this message belongs to.
pub fn pair(l: &Layer<'_, '_>) -> Option<Pair> {
    let facts = l.facts();
    let note = match l.cx.packet.message_note {
        NONE => facts.note(l.cx.frame.number, TAG, l.cx.packet.transport_ordinal)?,
        note => facts.notes.get(note as usize).filter(|n| n.tag == TAG)?,
    };
    let holder = facts.notes.get(note.values[HOLDER] as usize)?;
    Some(Pair {
        request: holder.values[REQUEST],
        response: holder.values[RESPONSE],
    })
}

/// The links to the other frame of the pair, at the position of the PDU.
pub fn links(l: &mut Layer<'_, '_>, at: usize, pair: Option<Pair>) {
    let Some(Pair { request, response }) = pair.filter(|p| p.request != 0 && p.response != 0)
    else {
        return;
    };
    if l.cx.frame.number != response {
        l.generated(&RESPONSE_IN, at, Value::U(u64::from(response)));
        return;
    }
    l.generated(&RESPONSE_TO, at, Value::U(u64::from(request)));
    if let Some(time) = l.since(request) {
        l.generated(&TIME, at, time);
    }
}

/// Finds the messages in a TCP stream (RFC 3430): BER says itself where it ends.
#[derive(Default)]
struct Messages {
    holders: HashMap<u32, u32, foldhash::fast::RandomState>,
    /// Of the message at hand in each direction.
    transactions: [Option<(u32, bool)>; 2],
}

/// The framer of SNMP on TCP.
pub fn framer() -> Box<dyn Framer> {
    Box::new(Messages::default())
}

/// Messages longer than this are not waited for as a whole.
const WHOLE_LIMIT: u64 = 1 << 16;

impl Framer for Messages {
    fn step(&mut self, direction: Direction, bytes: &[u8], _: &mut Context<'_>) -> Step {
        let length = match ber::length(bytes) {
            Found::Whole(length) => length,
            Found::Cut => return Step::Need,
            Found::Bad => return Step::Lost,
        };
        let here = usize::try_from(length).ok().and_then(|n| bytes.get(..n));
        if here.is_none() && length <= WHOLE_LIMIT {
            return Step::Need;
        }
        self.transactions[direction as usize] = here.and_then(transaction);
        Step::End(length)
    }

    fn complete(&mut self, direction: Direction, context: &mut Context<'_>) -> u32 {
        let Some((id, response)) = self.transactions[direction as usize].take() else {
            return NONE;
        };
        let holder = self.holders.get(&id).copied();
        let note = track(context.facts, holder, context.frame, 0, response);
        if holder.is_none() {
            self.holders.insert(id, note);
        }
        note
    }
}
