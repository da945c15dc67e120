//! SNMPv3's user-based security: who said it is proved by HMAC-SHA-1-96 (RFC 3414, section 7), what was said is hidden by
//! AES-128 in CFB mode (RFC 3826). Both ends of an exchange are [`Engine`]s that make and check messages by these rules.

use aes::Aes128;
use aes::cipher::KeyIvInit;
use hmac::{Hmac, KeyInit, Mac};
use sha1::{Digest, Sha1};

use super::snmp::{number, tagged};

/// How many bytes of a repeated password make a key (RFC 3414, appendix A.2.2).
const STRETCHED: usize = 1_048_576;
/// Length of the proof in a message.
const PROOF: usize = 12;

/// A key of 20 bytes.
type Key = [u8; 20];

/// The key that a password stands for at one engine (RFC 3414, appendix A.2.2 and section 2.6): whoever learns it can be nobody
/// at another engine.
fn localised(password: &str, engine: &[u8]) -> Key {
    let mut hash = Sha1::new();
    let password = password.as_bytes();
    if !password.is_empty() {
        // In blocks of whole passwords, so that the hash is fed in long pieces.
        let block: Vec<u8> = password.repeat(4096 / password.len() + 1);
        let mut left = STRETCHED;
        while left > 0 {
            let part = block.get(..left).unwrap_or(&block);
            hash.update(part);
            left -= part.len();
        }
    }
    let key: Key = hash.finalize().into();
    let mut hash = Sha1::new();
    hash.update(key);
    hash.update(engine);
    hash.update(key);
    hash.finalize().into()
}

/// The first 12 bytes of the keyed hash of a whole message in which they are 0.
fn proof(key: &Key, message: &[u8]) -> [u8; PROOF] {
    let mut out = [0; PROOF];
    if let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(key) {
        mac.update(message);
        let whole = mac.finalize().into_bytes();
        for (to, from) in out.iter_mut().zip(whole) {
            *to = from;
        }
    }
    out
}

/// The initialisation vector (RFC 3826, section 3.1.2.1): boots and time of the engine, then the salt.
fn vector(boots: u32, time: u32, salt: [u8; 8]) -> [u8; 16] {
    let number = (u128::from(boots) << 96) | (u128::from(time) << 64);
    (number | u128::from(u64::from_be_bytes(salt))).to_be_bytes()
}

/// The user whose keys both ends have.
#[derive(Debug, Clone, Copy)]
pub(super) struct User {
    pub name: &'static str,
    pub authentication: &'static str,
    pub privacy: &'static str,
}

/// How a message is protected: the flags of RFC 3412, section 6.4.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Level {
    /// Neither.
    Open,
    /// Authenticated.
    Proved,
    /// Authenticated and encrypted.
    Hidden,
}

/// Why a message is refused (RFC 3414, section 3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// It is no message of version 3.
    Unreadable,
    /// It is for another engine, or for none.
    Engine,
    /// Nobody knows this user.
    User,
    /// The proof is wrong: another key, or not the bytes that were sent.
    Digest,
    /// The clock in it is not that of the engine.
    Time,
    /// What was decrypted is nothing.
    Decryption,
}

/// A message that was taken apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Message {
    pub id: i64,
    pub level: Level,
    pub reportable: bool,
    pub engine: Vec<u8>,
    pub boots: u32,
    pub time: u32,
    pub user: Vec<u8>,
    /// The PDU with its context, in the clear.
    pub scoped: Vec<u8>,
}

/// One end. The engine that is asked rules over the clock; the one that asks learns it.
#[derive(Debug, Clone)]
pub(super) struct Engine {
    user: User,
    /// The name of the engine that is asked; empty until it is known.
    pub id: Vec<u8>,
    /// How often it began anew, and for how many seconds it has been running since.
    pub boots: u32,
    pub time: u32,
    keys: Option<(Key, Key)>,
    salt: u64,
}

impl Engine {
    pub(super) fn new(user: User, id: &[u8], (boots, time): (u32, u32), salt: u64) -> Self {
        let mut engine = Self {
            user,
            id: Vec::new(),
            boots,
            time,
            keys: None,
            salt,
        };
        engine.learn(id);
        engine
    }

    /// The name of the engine is known, and so are the user's keys there.
    pub(super) fn learn(&mut self, id: &[u8]) {
        self.id = id.to_vec();
        self.keys = (!id.is_empty()).then(|| {
            (
                localised(self.user.authentication, id),
                localised(self.user.privacy, id),
            )
        });
    }

    /// A scoped PDU: the context, which is the engine itself, and the PDU (RFC 3412, section 6.8).
    pub(super) fn scoped(&self, pdu: &[u8]) -> Vec<u8> {
        let content = [tagged(0x04, &self.id), tagged(0x04, b""), pdu.to_vec()].concat();
        tagged(0x30, &content)
    }

    /// A message (RFC 3412, section 6; its security parameters by RFC 3414, section 2.4).
    pub(super) fn seal(&mut self, id: i64, level: Level, reportable: bool, pdu: &[u8]) -> Vec<u8> {
        let scoped = self.scoped(pdu);
        let keys = self.keys.filter(|_| level != Level::Open);
        let mut salt = Vec::new();
        let data = match keys {
            Some((_, key)) if level == Level::Hidden => {
                self.salt = self.salt.wrapping_add(1);
                let bytes = self.salt.to_be_bytes();
                salt = bytes.to_vec();
                let mut hidden = scoped;
                cipher(&key, vector(self.boots, self.time, bytes)).encrypt(&mut hidden);
                tagged(0x04, &hidden)
            }
            _ => scoped,
        };
        let flags = match level {
            Level::Open => 0,
            Level::Proved => 1,
            Level::Hidden => 3,
        } | if reportable { 4 } else { 0 };
        // Whoever looks for an engine has no user yet.
        let user = if self.id.is_empty() || (level == Level::Open && !reportable) {
            ""
        } else {
            self.user.name
        };
        let empty: &[u8] = if keys.is_some() { &[0; PROOF] } else { &[] };
        let security = [
            tagged(0x04, &self.id),
            number(0x02, i64::from(self.boots)),
            number(0x02, i64::from(self.time)),
            tagged(0x04, user.as_bytes()),
            tagged(0x04, empty),
            tagged(0x04, &salt),
        ]
        .concat();
        let header = [
            number(0x02, id),
            number(0x02, 65_507),
            tagged(0x04, &[flags]),
            // The user-based security model.
            number(0x02, 3),
        ]
        .concat();
        let content = [
            number(0x02, 3),
            tagged(0x30, &header),
            tagged(0x04, &tagged(0x30, &security)),
            data,
        ]
        .concat();
        let mut message = tagged(0x30, &content);
        if let Some((key, _)) = keys
            && let Some((_, place)) = parse(&message)
            && let Some(slot) = message.get(place..place + PROOF).map(<[u8]>::len)
        {
            let proof = proof(&key, &message);
            message.splice(place..place + slot, proof);
        }
        message
    }

    /// Takes a message apart, checks who said it and makes it readable (RFC 3414, section 3.2).
    pub(super) fn open(&self, bytes: &[u8], authoritative: bool) -> Result<Message, Refusal> {
        let (mut message, place) = parse(bytes).ok_or(Refusal::Unreadable)?;
        if message.level == Level::Open {
            return if authoritative && message.engine != self.id {
                Err(Refusal::Engine)
            } else {
                Ok(message)
            };
        }
        if message.engine != self.id {
            return Err(Refusal::Engine);
        }
        if message.user != self.user.name.as_bytes() {
            return Err(Refusal::User);
        }
        let (authentication, privacy) = self.keys.ok_or(Refusal::User)?;
        let mut blank = bytes.to_vec();
        let slot = blank.get_mut(place..place + PROOF).ok_or(Refusal::Digest)?;
        let said = slot.to_vec();
        slot.fill(0);
        if proof(&authentication, &blank)[..] != said {
            return Err(Refusal::Digest);
        }
        // Up to 150 seconds apart is in time; who asks takes the clock from the answer.
        if authoritative && (message.boots != self.boots || message.time.abs_diff(self.time) > 150)
        {
            return Err(Refusal::Time);
        }
        if message.level == Level::Hidden {
            let salt = parameters(bytes)
                .and_then(|fields| <[u8; 8]>::try_from(fields.salt).ok())
                .ok_or(Refusal::Decryption)?;
            let vector = vector(message.boots, message.time, salt);
            cipher_open(&privacy, vector).decrypt(&mut message.scoped);
            let whole = read(&message.scoped).is_some_and(|(tag, ..)| tag == 0x30);
            if !whole {
                return Err(Refusal::Decryption);
            }
        }
        Ok(message)
    }
}

/// The first 16 bytes of the privacy key are AES's (RFC 3826, section 3.1.2.1).
fn aes_key(key: &Key) -> [u8; 16] {
    let mut out = [0; 16];
    out.copy_from_slice(&key[..16]);
    out
}

fn cipher(key: &Key, vector: [u8; 16]) -> cfb_mode::Encryptor<Aes128> {
    cfb_mode::Encryptor::new(&aes_key(key).into(), &vector.into())
}

fn cipher_open(key: &Key, vector: [u8; 16]) -> cfb_mode::Decryptor<Aes128> {
    cfb_mode::Decryptor::new(&aes_key(key).into(), &vector.into())
}

/// A value of BER at the beginning: its tag, its content and where this begins, and what follows.
pub(super) fn read(bytes: &[u8]) -> Option<(u8, &[u8], usize, &[u8])> {
    let (&tag, &first) = (bytes.first()?, bytes.get(1)?);
    let (len, at) = match first {
        0..=0x7f => (usize::from(first), 2),
        0x81 => (usize::from(*bytes.get(2)?), 3),
        0x82 => (
            usize::from(u16::from_be_bytes([*bytes.get(2)?, *bytes.get(3)?])),
            4,
        ),
        _ => return None,
    };
    Some((tag, bytes.get(at..at + len)?, at, bytes.get(at + len..)?))
}

/// A number of BER.
pub(super) fn integer(bytes: &[u8]) -> Option<i64> {
    let first = *bytes.first()? as i8;
    (bytes.len() <= 8).then(|| {
        bytes
            .iter()
            .skip(1)
            .fold(i64::from(first), |n, b| (n << 8) | i64::from(*b))
    })
}

/// The security parameters of a message.
struct Parameters<'b> {
    engine: &'b [u8],
    boots: u32,
    time: u32,
    user: &'b [u8],
    /// Where in the message the proof is.
    place: usize,
    salt: &'b [u8],
}

/// One value after the other.
struct Values<'b> {
    rest: &'b [u8],
    /// Where `rest` begins in the message.
    at: usize,
}

impl<'b> Values<'b> {
    fn next(&mut self, tag: u8) -> Option<(&'b [u8], usize)> {
        let (found, content, offset, rest) = read(self.rest)?;
        if found != tag {
            return None;
        }
        let place = self.at + offset;
        self.at += self.rest.len() - rest.len();
        self.rest = rest;
        Some((content, place))
    }

    fn number(&mut self) -> Option<u32> {
        u32::try_from(integer(self.next(0x02)?.0)?).ok()
    }

    fn inside(&mut self, tag: u8) -> Option<Values<'b>> {
        let (rest, at) = self.next(tag)?;
        Some(Values { rest, at })
    }
}

fn values(bytes: &[u8]) -> Option<Values<'_>> {
    let mut all = Values { rest: bytes, at: 0 };
    let mut message = all.inside(0x30)?;
    (all.rest.is_empty() && message.number()? == 3).then_some(message)
}

fn parameters(bytes: &[u8]) -> Option<Parameters<'_>> {
    let mut message = values(bytes)?;
    message.next(0x30)?;
    let mut security = message.inside(0x04)?.inside(0x30)?;
    Some(Parameters {
        engine: security.next(0x04)?.0,
        boots: security.number()?,
        time: security.number()?,
        user: security.next(0x04)?.0,
        place: security.next(0x04)?.1,
        salt: security.next(0x04)?.0,
    })
}

/// A message without regard to its keys, and where its proof is.
fn parse(bytes: &[u8]) -> Option<(Message, usize)> {
    let security = parameters(bytes)?;
    let mut message = values(bytes)?;
    let mut header = message.inside(0x30)?;
    let id = i64::from(header.number()?);
    header.number()?;
    let [flags] = header.next(0x04)?.0 else {
        return None;
    };
    message.next(0x04)?;
    let level = match flags & 3 {
        0 => Level::Open,
        1 => Level::Proved,
        3 => Level::Hidden,
        _ => return None,
    };
    let scoped = if level == Level::Hidden {
        message.next(0x04)?.0.to_vec()
    } else {
        message.rest.to_vec()
    };
    let parsed = Message {
        id,
        level,
        reportable: flags & 4 != 0,
        engine: security.engine.to_vec(),
        boots: security.boots,
        time: security.time,
        user: security.user.to_vec(),
        scoped,
    };
    Some((parsed, security.place))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn hex(bytes: &[u8]) -> String {
        bytes.iter().map(|b| format!("{b:02x}")).collect()
    }

    /// The example of RFC 3414, appendix A.3.2.
    #[test]
    fn a_password_makes_the_key_of_the_rfc() {
        let engine = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2];
        assert_eq!(
            hex(&localised("maplesyrup", &engine)),
            "6695febc9288e36282235fc7151f128497b38f3f"
        );
    }

    #[test]
    fn the_proof_is_hmac_sha_1_96() {
        // RFC 2202, test case 1 for HMAC-SHA-1, cut to 96 bits.
        assert_eq!(
            hex(&proof(&[0x0b; 20], b"Hi There")),
            "b617318655057264e28bc0b6"
        );
    }

    #[test]
    fn only_who_has_the_keys_can_read_and_write() {
        let user = User {
            name: "alice",
            authentication: "authentication",
            privacy: "privacy secret",
        };
        let id = [0x80, 0, 0x1f, 0x88, 4, b'x'];
        let mut manager = Engine::new(user, &id, (3, 1000), 77);
        let agent = Engine::new(user, &id, (3, 1010), 5);
        let pdu = tagged(0xa0, &number(0x02, 9));
        let message = manager.seal(1, Level::Hidden, true, &pdu);
        let opened = agent.open(&message, true).unwrap();
        assert_eq!(opened.scoped, agent.scoped(&pdu));
        assert_eq!((opened.id, opened.reportable), (1, true));
        // Nothing of it can be read on the way.
        assert!(!message.windows(pdu.len()).any(|w| w == pdu));
        // Another salt each time, so the same words look different.
        assert_ne!(manager.seal(1, Level::Hidden, true, &pdu), message);

        // Whatever bit is turned on the way, it is noticed.
        for at in 0..message.len() {
            let mut turned = message.clone();
            turned[at] ^= 1;
            assert!(agent.open(&turned, true).is_err(), "byte {at}");
            assert!(agent.open(&message[..at], true).is_err(), "cut at {at}");
        }
        // Another password, another user, another time, another engine.
        let other = |user, boots, id: &[u8]| {
            Engine::new(user, id, (boots, 1010), 5)
                .open(&message, true)
                .unwrap_err()
        };
        let stranger = User {
            authentication: "another secret",
            ..user
        };
        assert_eq!(other(stranger, 3, &id), Refusal::Digest);
        assert_eq!(
            other(
                User {
                    name: "bob",
                    ..user
                },
                3,
                &id
            ),
            Refusal::User
        );
        assert_eq!(other(user, 4, &id), Refusal::Time);
        assert_eq!(other(user, 3, b"another"), Refusal::Engine);
        let deaf = User {
            privacy: "another secret",
            ..user
        };
        let read = Engine::new(deaf, &id, (3, 1010), 5).open(&message, true);
        assert_ne!(read.map(|m| m.scoped), Ok(agent.scoped(&pdu)));
        // Too old: 150 seconds are the limit.
        let late = Engine::new(user, &id, (3, 1151), 5);
        assert_eq!(late.open(&message, true), Err(Refusal::Time));
    }
}
