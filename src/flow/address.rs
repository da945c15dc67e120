//! Who talks to whom: addresses and the key of a conversation.

use std::net::{Ipv4Addr, Ipv6Addr};

/// The address of one end, of whatever layer showed it last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Address {
    /// No address (null link, a frame that is cut short).
    #[default]
    None,
    /// A 48-bit hardware address.
    Ether([u8; 6]),
    /// IPv4.
    V4([u8; 4]),
    /// IPv6.
    V6([u8; 16]),
}

impl Address {
    /// Append the address as the packet list writes it (names unresolved). `None` writes nothing.
    pub fn write(&self, out: &mut String) {
        use std::fmt::Write as _;
        match self {
            Address::None => {}
            Address::Ether(a) => {
                for (i, byte) in a.iter().enumerate() {
                    if i > 0 {
                        out.push(':');
                    }
                    push_hex(out, *byte);
                }
            }
            Address::V4(a) => {
                let _ = write!(out, "{}", Ipv4Addr::from(*a));
            }
            Address::V6(a) => {
                let _ = write!(out, "{}", Ipv6Addr::from(*a));
            }
        }
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut text = String::new();
        self.write(&mut text);
        f.write_str(&text)
    }
}

/// Append two lower-case hexadecimal digits.
pub fn push_hex(out: &mut String, byte: u8) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    out.push(char::from(DIGITS[usize::from(byte >> 4)]));
    out.push(char::from(DIGITS[usize::from(byte & 15)]));
}

/// What tells one conversation from another: two ends and what they speak, the same for both directions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    low: (Address, u32),
    high: (Address, u32),
    kind: u16,
}

impl std::hash::Hash for Key {
    /// In a few whole numbers: this is done once a packet.
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        let ports = u64::from(self.low.1) << 32 | u64::from(self.high.1);
        match (self.low.0, self.high.0) {
            (Address::V4(low), Address::V4(high)) => {
                state.write_u64(
                    u64::from(u32::from_be_bytes(low)) << 32 | u64::from(u32::from_be_bytes(high)),
                );
            }
            (Address::V6(low), Address::V6(high)) => {
                state.write_u128(u128::from_be_bytes(low));
                state.write_u128(u128::from_be_bytes(high));
            }
            (low, high) => {
                low.hash(state);
                high.hash(state);
            }
        }
        state.write_u64(ports ^ u64::from(self.kind) << 16);
    }
}

impl Key {
    /// The key where it is known which end is the lower.
    pub fn known(
        kind: u16,
        source: (Address, u32),
        destination: (Address, u32),
        low_first: bool,
    ) -> Key {
        let (low, high) = if low_first {
            (source, destination)
        } else {
            (destination, source)
        };
        Key { low, high, kind }
    }

    /// The key of the conversation between two ends. `kind` is the transport (the IP protocol number for TCP and UDP) or
    /// anything else that must be kept apart. Also says whether the source is the lower end, which tells the directions apart.
    pub fn new(kind: u16, source: (Address, u32), destination: (Address, u32)) -> (Key, bool) {
        let in_order = match (source.0, destination.0) {
            // The same order, without looking at bytes one by one.
            (Address::V4(a), Address::V4(b)) => {
                (u32::from_be_bytes(a), source.1) <= (u32::from_be_bytes(b), destination.1)
            }
            _ => source <= destination,
        };
        if in_order {
            (
                Key {
                    low: source,
                    high: destination,
                    kind,
                },
                true,
            )
        } else {
            (
                Key {
                    low: destination,
                    high: source,
                    kind,
                },
                false,
            )
        }
    }
}

/// Makes the hash of keys: the same in all parts of one session, another in the next, so that a capture cannot be made to
/// collide on purpose.
#[derive(Clone, Debug, Default)]
pub struct Seed(foldhash::fast::RandomState);

/// What was worked out of the ends of a conversation before its turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// The hash of its [`Key`].
    pub hash: u64,
    /// Whether the source is the lower end.
    pub low_first: bool,
}

impl Seed {
    /// The hash of a key.
    pub fn hash(&self, key: &Key) -> u64 {
        std::hash::BuildHasher::hash_one(&self.0, key)
    }

    /// What can be worked out of the two ends alone.
    pub fn foresee(
        &self,
        kind: u16,
        source: (Address, u32),
        destination: (Address, u32),
    ) -> Foreseen {
        let (key, low_first) = Key::new(kind, source, destination);
        Foreseen {
            hash: self.hash(&key),
            low_first,
        }
    }
}
