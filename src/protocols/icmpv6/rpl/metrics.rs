//! What routes are chosen by: metrics and constraints (RFC 6551).
//!
//! ```text
//! +--------+-----------------+--------+----------------+
//! |  type  |      flags      | length | value          |
//! +--------+-----------------+--------+----------------+
//! ```

use super::fields::*;
use crate::dissect::{Done, Layer, Value};
use crate::field::Field;
use crate::protocols::icmpv6::RPL_METRIC;
use crate::protocols::icmpv6::fields::DATA;
use crate::protocols::icmpv6::parts::{append_set, flags, leftover};

/// One metric, at most up to `limit`.
pub(super) fn show(l: &mut Layer<'_, '_>, limit: usize) -> Done {
    let at = l.pos();
    let kind = l.peek_u8(at)?;
    let len = 4 + usize::from(l.peek_u8(at + 3)?);
    let end = (at + len).min(limit);
    l.u8(&OPT_METRIC_TYPE)?;
    let root = l.last();
    l.enter();
    flags(
        l,
        &OPT_METRIC_FLAGS,
        2,
        &[
            &OPT_METRIC_RESERVED,
            &OPT_METRIC_FLAG_P,
            &OPT_METRIC_FLAG_C,
            &OPT_METRIC_FLAG_O,
            &OPT_METRIC_FLAG_R,
            &OPT_METRIC_FLAG_A,
            &OPT_METRIC_PREC,
        ],
    )?;
    let constraint = l.peek_u16(at + 1)? & 0x0200 != 0;
    l.u8(&OPT_METRIC_LENGTH)?;
    match kind {
        1 => state(l, end)?,
        2 => {
            while l.pos() + 2 <= end {
                energy(l)?;
            }
        }
        3 => {
            flags(
                l,
                &OPT_METRIC_HP_OBJECT,
                2,
                &[
                    &OPT_METRIC_HP_OBJECT_RESERVED,
                    &OPT_METRIC_HP_OBJECT_FLAGS,
                    &OPT_METRIC_HP_OBJECT_HP,
                ],
            )?;
        }
        4 => {
            while l.pos() + 4 <= end {
                l.u32(&OPT_METRIC_LT_OBJECT_LT)?;
            }
        }
        5 => {
            while l.pos() + 4 <= end {
                l.u32(&OPT_METRIC_LL_OBJECT_LL)?;
            }
        }
        6 => {
            l.u8(&OPT_METRIC_LQL_OBJECT_RES)?;
            while l.pos() < end {
                let parts: &[&'static Field] =
                    &[&OPT_METRIC_LQL_OBJECT_VAL, &OPT_METRIC_LQL_OBJECT_COUNTER];
                flags(l, &OPT_METRIC_LQL_OBJECT, 1, parts)?;
            }
        }
        7 => {
            while l.pos() + 2 <= end {
                l.u16(&OPT_METRIC_ETX_OBJECT_ETX)?;
            }
        }
        8 => colors(l, end, constraint)?,
        _ => {
            let left = end.saturating_sub(l.pos());
            if left > 0 {
                l.bytes(&DATA, left)?;
            }
            l.issue(root, &RPL_METRIC);
        }
    }
    leftover(l, end)?;
    l.close_at(root, end);
    l.seek(end.max(at + 4));
    Ok(())
}

/// The state of a node (RFC 6551 section 3.1).
fn state(l: &mut Layer<'_, '_>, end: usize) -> Done {
    flags(
        l,
        &OPT_METRIC_NSA_OBJECT,
        2,
        &[
            &OPT_METRIC_NSA_OBJECT_RESERVED,
            &OPT_METRIC_NSA_OBJECT_FLAGS,
            &OPT_METRIC_NSA_OBJECT_FLAG_A,
            &OPT_METRIC_NSA_OBJECT_FLAG_O,
        ],
    )?;
    while l.pos() + 2 <= end {
        let at = l.pos();
        let kind = l.peek_u8(at)?;
        let len = usize::from(l.peek_u8(at + 1)?);
        let value = Value::U(u64::from(kind));
        l.open(
            &OPT_METRIC_NSA_OBJECT_OPTTLV_OBJECT,
            at,
            (2 + len).min(end - at),
            value,
        );
        l.u8(&OPT_METRIC_NSA_OBJECT_OPTTLV_OBJECT_TYPE)?;
        l.u8(&OPT_METRIC_NSA_OBJECT_OPTTLV_OBJECT_LENGTH)?;
        let len = len.min(end - l.pos());
        l.bytes(&OPT_METRIC_NSA_OBJECT_OPTTLV_OBJECT_DATA, len)?;
        l.close();
    }
    Ok(())
}

/// What a node lives on (RFC 6551 section 3.2).
fn energy(l: &mut Layer<'_, '_>) -> Done {
    flags(
        l,
        &OPT_METRIC_NE_OBJECT,
        2,
        &[
            &OPT_METRIC_NE_OBJECT_FLAGS,
            &OPT_METRIC_NE_OBJECT_FLAG_I,
            &OPT_METRIC_NE_OBJECT_TYPE,
            &OPT_METRIC_NE_OBJECT_FLAG_E,
            &OPT_METRIC_NE_OBJECT_ENERGY,
        ],
    )?;
    Ok(())
}

/// Colours of links; as a constraint with a wish, otherwise with a count (RFC 6551 section 4.4).
fn colors(l: &mut Layer<'_, '_>, end: usize, constraint: bool) -> Done {
    l.u8(&OPT_METRIC_LC_OBJECT_RES)?;
    let parts: &[&'static Field] = if constraint {
        &[
            &OPT_METRIC_LC_OBJECT_LC,
            &OPT_METRIC_LC_OBJECT_RESERVED,
            &OPT_METRIC_LC_OBJECT_FLAG_I,
        ]
    } else {
        &[&OPT_METRIC_LC_OBJECT_LC, &OPT_METRIC_LC_OBJECT_COUNTER]
    };
    while l.pos() + 2 <= end {
        let at = l.pos();
        let root = l.open(&OPT_METRIC_LC_OBJECT, at, 2, Value::None);
        let mut value = 0;
        for field in parts {
            let bits = l.bits(field, at, 2)?;
            value |= bits << field.mask.trailing_zeros();
        }
        append_set(l, root, value, parts);
        l.close();
        l.skip(2);
    }
    Ok(())
}
