//! Mobile hosts: finding a home agent and the home network's prefixes (RFC 6275), and fast handovers from one router to the
//! next (RFC 5568, its first form RFC 4068), with the options of both.

use std::fmt::Write as _;

use super::fields::*;
use super::options::{self, reserved};
use super::parts::{flags, prefix};
use crate::dissect::{Done, Layer, NodeId, Value};
use crate::field::Field;
use crate::flow::address::Address;

/// The fields of this file that the others do not need.
pub(super) mod own {
    crate::fields! {
        /// Ties the answer to its question.
        MIP6_IDENTIFIER = Field::new("icmpv6.mip6.identifier", "Identifier", Kind::U16).base(Base::DecHex).spec("RFC 6275 section 6.5");
        /// A router at home that forwards packets to wherever the mobile host is.
        MIP6_HOME_AGENT_ADDRESS = Field::new("icmpv6.mip6.home_agent_address", "Home Agent Address", Kind::Ipv6).spec("RFC 6275 section 6.6");
        /// How hosts get addresses at home.
        MIP6_FLAG = Field::new("icmpv6.mip6.flag", "Flags", Kind::U16).hex().spec("RFC 6275 section 6.8");
        /// Addresses by DHCPv6.
        MIP6_FLAG_M = Field::new("icmpv6.mip6.flag.m", "Managed address configuration", Kind::Bool).mask(0x8000).width(16).flag().spec("RFC 6275 section 6.8");
        /// Other things by DHCPv6.
        MIP6_FLAG_O = Field::new("icmpv6.mip6.flag.o", "Other configuration", Kind::Bool).mask(0x4000).width(16).flag().spec("RFC 6275 section 6.8");
        /// Kept for later.
        MIP6_FLAG_RSV = Field::new("icmpv6.mip6.flag.rsv", "Reserved", Kind::U16).mask(0x3fff).spec("RFC 6275 section 6.8");
    }
}
use own::*;

/// Home agents and prefixes of the home network, types 144 to 147.
pub(super) fn home(l: &mut Layer<'_, '_>, kind: u8) -> Done {
    l.u16(&MIP6_IDENTIFIER)?;
    if kind == 147 {
        flags(
            l,
            &MIP6_FLAG,
            2,
            &[&MIP6_FLAG_M, &MIP6_FLAG_O, &MIP6_FLAG_RSV],
        )?;
        return options::show(l);
    }
    l.bytes(&RESERVED, 2)?;
    if kind == 145 {
        while l.left() > 0 {
            l.ipv6(&MIP6_HOME_AGENT_ADDRESS)?;
        }
    }
    Ok(())
}

/// Preparing a handover, types 150 and 154.
pub(super) fn handover(l: &mut Layer<'_, '_>) -> Done {
    let kind = l.u8(&FMIP6_SUBTYPE)?;
    let name = FMIP6_SUBTYPE.name_of(u64::from(kind)).unwrap_or("Unknown");
    l.info_append(|out| {
        let _ = write!(out, " ({name})");
    });
    if kind == 4 {
        flags(
            l,
            &FMIP6_HI_FLAG,
            1,
            &[&FMIP6_HI_FLAG_S, &FMIP6_HI_FLAG_A, &FMIP6_HI_FLAG_RESERVED],
        )?;
    } else {
        l.bytes(&RESERVED, 1)?;
    }
    l.u16(&FMIP6_IDENTIFIER)?;
    options::show(l)
}

/// The options of a handover, which end at `end`.
pub(super) fn option(l: &mut Layer<'_, '_>, root: NodeId, kind: u8, end: usize) -> Done {
    match kind {
        17 => {
            l.u8(&OPT_IPA_OPTION_CODE)?;
            let bits = l.u8(&OPT_IPA_PREFIX_LEN)?;
            address(l, root, &OPT_IPA_IPV6_ADDRESS, bits)
        }
        18 => {
            l.u8(&OPT_NRPI_OPTION_CODE)?;
            let bits = l.u8(&OPT_NRPI_PREFIX_LEN)?;
            address(l, root, &OPT_NRPI_PREFIX, bits)
        }
        19 => {
            l.u8(&OPT_LLA_OPTION_CODE)?;
            l.bytes(&OPT_LLA_BYTES, end.saturating_sub(l.pos()))?;
            Ok(())
        }
        20 => {
            l.u8(&OPT_NAACK_OPTION_CODE)?;
            l.u8(&OPT_NAACK_STATUS)?;
            if end - l.pos() >= 20 {
                reserved(l, 4)?;
                prefix(l, &OPT_NAACK_SUPPLIED_NCOA, end)?;
            } else {
                reserved(l, end - l.pos())?;
            }
            Ok(())
        }
        23 => {
            let at = l.pos();
            l.bits(&OPT_MAP_DISTANCE, at, 1)?;
            l.bits(&OPT_MAP_PREFERENCE, at, 1)?;
            l.skip(1);
            flags(
                l,
                &OPT_MAP_FLAG,
                1,
                &[&OPT_MAP_FLAG_R, &OPT_MAP_FLAG_RESERVED],
            )?;
            l.u32(&OPT_MAP_VALID_LIFETIME)?;
            l.ipv6(&OPT_MAP_GLOBAL_ADDRESS)?;
            Ok(())
        }
        27 | 28 => key(l, kind == 28, end),
        29 => named(
            l,
            [&OPT_HAI_OPTION_CODE, &OPT_HAI_LENGTH, &OPT_HAI_VALUE],
            end,
        ),
        _ => named(l, [&OPT_MN_OPTION_CODE, &OPT_MN_LENGTH, &OPT_MN_VALUE], end),
    }
}

/// Four bytes kept for later and an address, also named in the option's line.
fn address(l: &mut Layer<'_, '_>, root: NodeId, field: &'static Field, bits: u8) -> Done {
    reserved(l, 4)?;
    let address = l.ipv6(field)?;
    l.append(root, |out| {
        let _ = write!(out, " {}/{bits}", Address::V6(address));
    });
    Ok(())
}

/// A key for handovers is asked for or given (RFC 5269).
fn key(l: &mut Layer<'_, '_>, reply: bool, end: usize) -> Done {
    let padding = usize::from(l.u8(&OPT_HKR_PAD_LENGTH)?);
    let at = l.pos();
    l.bits(&OPT_HKR_AT, at, 1)?;
    l.bits(&OPT_HKR_RESERVED, at, 1)?;
    l.skip(1);
    let field = if reply {
        l.u16(&OPT_HKR_LIFETIME)?;
        &OPT_HKR_ENCRYPTED_HANDOVER_KEY
    } else {
        &OPT_HKR_ENCRYPTION_PUBLIC_KEY
    };
    l.bytes(field, end.saturating_sub(l.pos() + padding))?;
    let rest = end.saturating_sub(l.pos());
    if rest > 0 {
        l.bytes(&OPT_HKR_PADDING, rest)?;
    }
    Ok(())
}

/// A code, a length, as many bytes, and filling (RFC 5271).
fn named(l: &mut Layer<'_, '_>, [code, length, value]: [&'static Field; 3], end: usize) -> Done {
    l.u8(code)?;
    let len = usize::from(l.u8(length)?);
    l.bytes(value, len.min(end.saturating_sub(l.pos())))?;
    let at = l.pos();
    l.add(&OPT_PADDING, at, end.saturating_sub(at), Value::None);
    l.seek(end);
    Ok(())
}
