//! Addresses (RFC 5322 section 3.4): `Smith <smith@bar.com>`, lists of them, and groups (`team: a@b, c@d;`).
//!
//! Lists are split at every comma, also at one inside quotes: so does everybody who only looks.

use std::fmt::Write as _;

use super::fields::{ADDRESS, ADDRESS_ITEM, DISPLAY_NAME, MAILBOX_ITEM};
use crate::dissect::{Layer, NodeId};

/// More addresses than this are not shown.
const ITEM_LIMIT: usize = 10_000;

/// How many items a list has, behind its label.
fn counted(l: &mut Layer<'_, '_>, list: NodeId, count: usize) {
    l.append(list, |out| {
        let _ = write!(out, ", {count} item{}", if count == 1 { "" } else { "s" });
    });
}

/// The items of a list: where each begins and ends.
fn items(bytes: &[u8], start: usize, end: usize) -> impl Iterator<Item = (usize, usize)> {
    let list = bytes.get(start..end).unwrap_or(&[]);
    let mut at = start;
    list.split(|b| *b == b',')
        .take(ITEM_LIMIT)
        .map(move |item| {
            let from = at;
            at += item.len() + 1;
            (from, from + item.len())
        })
}

/// A list of mailboxes.
pub(super) fn mailboxes(l: &mut Layer<'_, '_>, list: NodeId, start: usize, end: usize) {
    let bytes = l.data();
    let mut count = 0;
    for (from, to) in items(bytes, start, end) {
        l.ascii_field(&MAILBOX_ITEM, from, to - from);
        l.enter();
        mailbox(l, from, to);
        l.close();
        count += 1;
    }
    counted(l, list, count);
}

/// A list of mailboxes and groups.
pub(super) fn addresses(l: &mut Layer<'_, '_>, list: NodeId, start: usize, end: usize) {
    let bytes = l.data();
    let mut count = 0;
    for (from, to) in items(bytes, start, end) {
        l.ascii_field(&ADDRESS_ITEM, from, to - from);
        l.enter();
        match memchr::memchr(b':', &bytes[from..to]) {
            Some(colon) => group(l, from, from + colon, to),
            None => mailbox(l, from, to),
        }
        l.close();
        count += 1;
    }
    counted(l, list, count);
}

/// A group: its name, a colon, and the first of its members (the others are items of their own).
fn group(l: &mut Layer<'_, '_>, from: usize, colon: usize, to: usize) {
    let bytes = l.data();
    let name = l.ascii_field(&DISPLAY_NAME, from, (colon - from).saturating_sub(1));
    let blank = bytes[colon + 1..to]
        .iter()
        .take_while(|b| b.is_ascii_whitespace())
        .count();
    let member = colon + 1 + blank;
    if member < to && bytes[member] != b';' {
        l.enter();
        mailboxes(l, name, member, to);
        l.close();
    }
}

/// One mailbox: a name and an address in angle brackets, or an address alone.
pub(super) fn mailbox(l: &mut Layer<'_, '_>, from: usize, to: usize) {
    let bytes = l.data();
    let text = bytes.get(from..to).unwrap_or(&[]);
    let Some(open) = memchr::memchr(b'<', text) else {
        l.ascii_field(&ADDRESS, from, text.len());
        return;
    };
    let blank = text[..open]
        .iter()
        .take_while(|b| b.is_ascii_whitespace())
        .count();
    if blank < open {
        l.ascii_field(&DISPLAY_NAME, from + blank, open - blank - 1);
    }
    if let Some(close) = memchr::memchr(b'>', &text[open..]) {
        l.ascii_field(&ADDRESS, from + open + 1, close - 1);
    }
}
