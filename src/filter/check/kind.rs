//! What values are: which can be compared, searched, sliced and computed with.

use crate::field::{Field, Kind};
use crate::filter::syntax::Arithmetic;

/// What a source's values are, for converting literals and refusing what cannot be compared.
#[derive(Clone, Copy, Debug)]
pub(super) struct Type {
    pub kind: Kind,
    /// The field whose value names may be used, and which is named in messages.
    pub field: Option<&'static Field>,
    /// A slice or raw bytes: bytes that anything made of bytes can be compared with.
    pub slice: bool,
}

impl Type {
    pub const fn plain(kind: Kind) -> Type {
        Type {
            kind,
            field: None,
            slice: false,
        }
    }

    pub const BYTES: Type = Type {
        kind: Kind::Bytes,
        field: None,
        slice: true,
    };

    pub fn is_integer(self) -> bool {
        is_integer(self.kind)
    }

    /// Made of bytes: can be sliced and compared with a slice.
    pub fn has_bytes(self) -> bool {
        matches!(
            self.kind,
            Kind::Protocol
                | Kind::Str
                | Kind::Bytes
                | Kind::Ether
                | Kind::Ipv4
                | Kind::Ipv6
                | Kind::Guid
                | Kind::Oid
        )
    }

    pub fn searchable(self) -> bool {
        matches!(
            self.kind,
            Kind::Protocol | Kind::Str | Kind::Bytes | Kind::Ether | Kind::Oid
        )
    }

    /// The type in words, for messages.
    pub fn title(self) -> String {
        if self.slice {
            "bytes".to_owned()
        } else {
            self.kind.title().to_lowercase()
        }
    }
}

fn is_integer(kind: Kind) -> bool {
    kind.is_unsigned() || kind.is_signed() || matches!(kind, Kind::Char | Kind::Frame)
}

/// Whether values of two types can be compared.
pub(super) fn comparable(left: Type, right: Type) -> bool {
    if left.slice || right.slice {
        return left.has_bytes() && right.has_bytes();
    }
    match (left.kind, right.kind) {
        (a, b) if a == b => true,
        (a, b) if is_integer(a) && (is_integer(b) || b == Kind::Bool) => true,
        (Kind::F32 | Kind::F64, Kind::F32 | Kind::F64) => true,
        (Kind::Str | Kind::Oid, Kind::Str | Kind::Oid) => true,
        _ => false,
    }
}

/// Whether an operator works on values of a type.
pub(super) fn supports(op: Arithmetic, kind: Type) -> bool {
    let number = kind.is_integer();
    match op {
        Arithmetic::And => {
            number
                || kind.slice
                || matches!(
                    kind.kind,
                    Kind::Bytes | Kind::Ether | Kind::Ipv4 | Kind::Ipv6
                )
        }
        Arithmetic::Add | Arithmetic::Subtract => {
            number || matches!(kind.kind, Kind::F32 | Kind::F64 | Kind::RelTime)
        }
        Arithmetic::Multiply | Arithmetic::Divide => {
            number || matches!(kind.kind, Kind::F32 | Kind::F64)
        }
        Arithmetic::Remainder => number,
    }
}
