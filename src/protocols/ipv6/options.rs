//! The options of hop-by-hop and destination options headers (RFC 8200 section 4.2 and others).

use super::fields::*;
use super::{Header, JUMBO_PROHIBITED, JUMBO_SMALL, OPTION_LENGTH};
use crate::dissect::{Done, Layer, NodeId, Value};

/// Read the options between the cursor and `end`.
pub(super) fn show(l: &mut Layer<'_, '_>, h: &mut Header, _hop_by_hop: bool, end: usize) -> Done {
    while l.pos() < end {
        let at = l.pos();
        let kind = l.peek_u8(at)?;
        let root = l.open(&OPT, at, 1, Value::None);
        l.label(root, |out| {
            out.push_str(
                OPT_TYPE
                    .name_of(u64::from(kind))
                    .unwrap_or("Unknown IPv6 Option"),
            );
        });
        l.add(&OPT_TYPE, at, 1, Value::U(u64::from(kind)));
        l.enter();
        l.bits(&OPT_TYPE_ACTION, at, 1)?;
        l.bits(&OPT_TYPE_CHANGE, at, 1)?;
        l.bits(&OPT_TYPE_REST, at, 1)?;
        l.close();
        l.seek(at + 1);
        if kind == 0 {
            l.add(&OPT_PAD1, at, 1, Value::None);
            l.close();
            continue;
        }
        let len = usize::from(l.u8(&OPT_LENGTH)?);
        let at_len = l.last();
        let option_end = at + 2 + len;
        l.end_at(root, option_end);
        if option_end > end {
            l.issue(at_len, &OPTION_LENGTH);
            l.close();
            return Ok(());
        }
        data(l, h, kind, len, at_len)?;
        l.close();
        l.seek(option_end);
    }
    Ok(())
}

/// The data of one option, at the cursor.
fn data(l: &mut Layer<'_, '_>, h: &mut Header, kind: u8, len: usize, at_len: NodeId) -> Done {
    match (kind, len) {
        (1, _) => {
            l.bytes(&OPT_PADN, len)?;
            if len == 0 {
                let id = l.last();
                l.label(id, |out| out.push_str("PadN: <none>"));
            }
        }
        (5, 2) => {
            l.u16(&OPT_ROUTER_ALERT)?;
        }
        (4, 1) => {
            l.u8(&OPT_TEL)?;
        }
        (194, 4) => {
            let jumbo = l.u32(&OPT_JUMBO)?;
            let id = l.last();
            if h.payload_len != 0 {
                l.issue(id, &JUMBO_PROHIBITED);
            } else if jumbo < 65_536 {
                l.issue(id, &JUMBO_SMALL);
            } else {
                h.jumbo = Some(jumbo);
                l.limit((jumbo as usize).saturating_add(40));
            }
        }
        (201, 16) => {
            l.ipv6(&OPT_MIPV6_HOME_ADDRESS)?;
        }
        (4 | 5 | 194 | 201, _) => l.issue(at_len, &OPTION_LENGTH),
        _ => {
            l.bytes(&OPT_UNKNOWN, len)?;
        }
    }
    Ok(())
}
