//! HTTP in the scan: who takes the body, and which exchange an SSDP message belongs to.

use super::head::{self, Start, part};
use super::{XML, body, full_uri, links, media_of, other};
use crate::dissect::{Done, Layer};
use crate::flow::history::RequestKey;

/// In the scan the framer did the work already; only who takes the body is left to tell. As `body_of` and `content` in reading, but
/// nothing is decoded: where that could tell more, the chain stays open.
pub(super) fn http(l: &mut Layer<'_, '_>) -> Done {
    let bytes = l.data();
    if l.facts()
        .notes
        .get(l.cx.packet.message_note as usize)
        .is_some_and(|n| n.tag == links::MESSAGE && links::read(l.facts(), n).tunnel.is_some())
    {
        l.leave_open();
        return Ok(());
    }
    let Some(head) = head::read_again(bytes) else {
        // Cut off, or too long for the beginning that the scan sees; or no message at all.
        if l.captured() < l.reported() {
            l.leave_open();
            return Ok(());
        }
        return other(l);
    };
    let chunked = head.chunked(bytes);
    let (body, rest) = if chunked {
        let Some(first) = body::chunks(bytes, head.end).chunks.into_iter().next() else {
            if l.captured() < l.reported() {
                l.leave_open();
            }
            return Ok(());
        };
        (l.part(first.data.start, first.data.len()), true)
    } else {
        let len = head.content_length(bytes);
        let len = len.map_or(usize::MAX, |n| usize::try_from(n).unwrap_or(usize::MAX));
        (l.part(head.end, len), false)
    };
    if body.data.is_empty() {
        if body.reported > 0 || rest && l.captured() < l.reported() {
            l.leave_open();
        }
        return Ok(());
    }
    let encoded = head
        .value(bytes, "content-encoding")
        .filter(|c| !c.is_empty() && !c.eq_ignore_ascii_case(b"identity"));
    let partial = chunked || encoded.is_some() || l.captured() < l.reported();
    let mut media = media_of(l, &head, bytes);
    if partial && media.is_some_and(|m| m.container) {
        l.leave_open();
        return Ok(());
    }
    let mut plain = [0; XML.len()];
    let beginning = match encoded {
        Some(coding) => match body::beginning(body.data, coding, &mut plain) {
            Some(0) => return Ok(()), // nothing comes out
            Some(len) => &plain[..len],
            None => {
                l.leave_open();
                return Ok(());
            }
        },
        None => body.data,
    };
    if partial && beginning.len() < XML.len() {
        l.leave_open();
        return Ok(());
    }
    if beginning.starts_with(XML) && media.is_some_and(|m| m.field.abbrev != "xml") {
        media = l.cx.registry.protocol_named("xml");
    }
    if media.is_some_and(|m| m.container) {
        let written = head.value(bytes, "content-type").unwrap_or_default();
        l.cx.packet.content_type = String::from_utf8_lossy(written).into_owned();
    }
    let taken = media.is_some_and(|protocol| {
        l.call(protocol, body)
            || l.cx
                .registry
                .protocol_named("media")
                .is_some_and(|media| l.call(media, body))
    });
    if !taken {
        l.plain(body);
    }
    Ok(())
}

/// SSDP: requests and answers go one by one, so their exchange is told here.
pub(super) fn ssdp(l: &mut Layer<'_, '_>, frame: u32, ordinal: u16) -> Done {
    let bytes = l.data();
    let stream = l.cx.packet.stream;
    let Some(head) = head::read(bytes) else {
        return Ok(());
    };
    let key = RequestKey {
        tag: links::CONVERSATION,
        conversation: stream,
        id: 0,
    };
    if let Some((history, facts)) = l.scan() {
        let known = history.requested(&key);
        let mut conversation = known.unwrap_or(crate::flow::facts::NONE);
        match &head.start {
            Start::Request { method, uri, .. } if part(bytes, method) != b"NOTIFY" => {
                let host = head.value(bytes, "host");
                let uri = full_uri(part(bytes, method), part(bytes, uri), host).unwrap_or_default();
                links::request(facts, &mut conversation, frame, ordinal, &uri);
            }
            Start::Request { .. } => return Ok(()),
            Start::Response { .. } => {
                links::response(facts, &mut conversation, frame, ordinal);
            }
        }
        if known.is_none() {
            history.request(key, conversation);
        }
    }
    Ok(())
}
