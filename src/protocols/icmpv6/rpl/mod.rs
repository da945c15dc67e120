//! RPL, routing in networks of small radio nodes (RFC 6550). The nodes form a graph that leads to a root (a DODAG): a node hears
//! of it by a DODAG Information Object (DIO), asks for one by a Solicitation (DIS), and tells its parents who can be reached
//! through it by a Destination Advertisement Object (DAO). RFC 6997 adds the search for a single route between two nodes.
//!
//! ```text
//! +--------------------------------------------------+
//! | DIO: instance, version, rank, flags, DTSN, 0, 0  |  every message: fixed part, perhaps the graph's name,
//! | graph's name (DODAGID), 16 bytes                 |  then options: type, length, value
//! +--------------------------------------------------+
//! ```

mod fields;
mod metrics;
mod options;

use super::P2P_ZERO;
use super::fields::RESERVED;
use super::parts::{append_set, flags, unread};
use crate::dissect::{Done, Layer};
use crate::field::Field;
pub(super) use fields::FIELDS;
use fields::*;
pub(super) use options::show as options;

/// Codes of RPL messages; 128 is added where the message is secured.
const SECURE: u8 = 0x80;
const SOLICITATION: u8 = 0;
const INFORMATION: u8 = 1;
const ADVERTISEMENT: u8 = 2;
const ACKNOWLEDGEMENT: u8 = 3;
const REPLY: u8 = 4;
const REPLY_ACKNOWLEDGEMENT: u8 = 5;
const CONSISTENCY_CHECK: u8 = 0x8a;

/// The message behind the checksum.
pub(super) fn message(l: &mut Layer<'_, '_>, code: u8) -> Done {
    if code & SECURE != 0 {
        security(l)?;
    }
    match code & !SECURE {
        SOLICITATION => {
            l.u8(&DIS_FLAGS)?;
            l.bytes(&RESERVED, 1)?;
        }
        INFORMATION => information(l)?,
        ADVERTISEMENT => {
            l.u8(&DAO_INSTANCE)?;
            let set = flags(l, &DAO_FLAG, 1, &[&DAO_FLAG_K, &DAO_FLAG_D, &DAO_FLAG_RSV])?;
            l.bytes(&RESERVED, 1)?;
            l.u8(&DAO_SEQUENCE)?;
            if set & DAO_FLAG_D.mask != 0 {
                l.ipv6(&DAO_DODAGID)?;
            }
        }
        ACKNOWLEDGEMENT => {
            l.u8(&DAOACK_INSTANCE)?;
            let set = flags(l, &DAOACK_FLAG, 1, &[&DAOACK_FLAG_D, &DAOACK_FLAG_RSV])?;
            l.u8(&DAOACK_SEQUENCE)?;
            l.u8(&DAOACK_STATUS)?;
            if set & DAOACK_FLAG_D.mask != 0 {
                l.ipv6(&DAOACK_DODAGID)?;
            }
        }
        REPLY => {
            reply_head(l)?;
            flags(
                l,
                &P2P_DRO_FLAG,
                2,
                &[
                    &P2P_DRO_FLAG_STOP,
                    &P2P_DRO_FLAG_ACK,
                    &P2P_DRO_FLAG_SEQ,
                    &P2P_DRO_FLAG_RESERVED,
                ],
            )?;
            l.ipv6(&P2P_DRO_DAGID)?;
        }
        REPLY_ACKNOWLEDGEMENT => {
            reply_head(l)?;
            let parts: &[&'static Field] = &[&P2P_DROACK_FLAG_SEQ, &P2P_DROACK_FLAG_RESERVED];
            flags(l, &P2P_DROACK_FLAG, 2, parts)?;
            l.ipv6(&P2P_DRO_DAGID)?;
        }
        _ if code == CONSISTENCY_CHECK => {
            l.u8(&CC_INSTANCE)?;
            flags(l, &CC_FLAG, 1, &[&CC_FLAG_R, &CC_FLAG_RSV])?;
            l.u16(&CC_NONCE)?;
            l.ipv6(&CC_DODAGID)?;
            l.u32(&CC_DESTINATION_COUNTER)?;
        }
        _ => return unread(l),
    }
    options(l, code)
}

/// The graph: who leads it, and how far the sender is from the root (RFC 6550 section 6.3).
fn information(l: &mut Layer<'_, '_>) -> Done {
    l.u8(&DIO_INSTANCE)?;
    l.u8(&DIO_VERSION)?;
    l.u16(&DIO_RANK)?;
    let at = l.pos();
    let value = l.u8(&DIO_FLAG)?;
    let root = l.last();
    append_set(l, root, u64::from(value), &[&DIO_FLAG_G, &DIO_FLAG_0]);
    let mode = u64::from(value >> 3 & 7);
    l.append(root, |out| {
        out.push_str(", Mode of Operation (MOP): ");
        out.push_str(DIO_FLAG_MOP.name_of(mode).unwrap_or("Unknown"));
    });
    l.enter();
    for field in [
        &DIO_FLAG_G,
        &DIO_FLAG_0,
        &DIO_FLAG_MOP,
        &DIO_FLAG_PREFERENCE,
    ] {
        l.bits(field, at, 1)?;
    }
    l.close();
    l.u8(&DIO_DTSN)?;
    l.u8(&DIO_FLAG)?; // a second byte of flags, none of them in use
    l.bytes(&RESERVED, 1)?;
    l.ipv6(&DIO_DAGID)?;
    Ok(())
}

/// What begins a reply to a search for a route (RFC 6997 section 8).
fn reply_head(l: &mut Layer<'_, '_>) -> Done {
    l.u8(&P2P_DRO_INSTANCE)?;
    if l.u8(&P2P_DRO_VERSION)? != 0 {
        let at = l.last();
        l.issue(at, &P2P_ZERO);
    }
    Ok(())
}

/// How a message is secured (RFC 6550 section 6.1).
fn security(l: &mut Layer<'_, '_>) -> Done {
    flags(l, &SECURE_FLAG, 1, &[&SECURE_FLAG_T, &SECURE_FLAG_RSV])?;
    l.u8(&SECURE_ALGORITHM)?;
    let at = l.pos();
    let value = l.u8(&SECURE_FLAG)?;
    l.enter();
    for field in [&SECURE_KIM, &SECURE_LVL, &SECURE_RSV] {
        l.bits(field, at, 1)?;
    }
    l.close();
    l.u8(&SECURE_FLAG)?;
    l.u32(&SECURE_COUNTER)?;
    // A group's key has a number; one of several groups' its maker too. A signed message only names a key if it is encrypted,
    // which odd levels are (RFC 6550 section 10.3).
    let (source, index) = match (value >> 6, value & 1) {
        (0, _) => (false, true),
        (2, _) | (3, 1) => (true, true),
        _ => (false, false),
    };
    if source {
        l.bytes(&SECURE_KEY_SOURCE, 8)?;
    }
    if index {
        l.u8(&SECURE_KEY_INDEX)?;
    }
    Ok(())
}
