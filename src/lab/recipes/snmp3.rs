//! SNMP version 3: the engine is found, its clock is taken over, then everything is proved and hidden.

use super::about;
use super::snmp::{
    BOOK, GET, REPORT, RESPONSE, Value, Variable, bindings, draft, number, system, tagged,
};
use super::usm::{Engine, Level, Message, Refusal, User, integer, read};
use crate::lab::plan::{End, Plan, Transport};

/// The user that both machines know. Whoever wants to decrypt the recording needs these passwords.
const ALICE: User = User {
    name: "alice",
    authentication: "looking-glass",
    privacy: "drink-me-eat-me",
};

/// An engine's name by RFC 3411, section 5: the enterprise of Net-SNMP, and a text.
const ENGINE: &[u8] = b"\x80\x00\x1f\x88\x04router.example.org";
/// How often the router began anew, and for how many seconds it has been up.
const CLOCK: (u32, u32) = (7, 86_743);
/// The counters that a report brings (RFC 3414, section 5).
const NOT_IN_TIME: u32 = 2;
const UNKNOWN_ENGINE: u32 = 4;
const OTHER_COUNTERS: u32 = 5;

fn pdu(kind: u8, id: i64, variables: &[Variable]) -> Vec<u8> {
    let content = [
        number(0x02, id),
        number(0x02, 0),
        number(0x02, 0),
        bindings(variables),
    ]
    .concat();
    tagged(kind, &content)
}

/// The PDU in a scoped PDU: its kind and its identification.
fn asked(scoped: &[u8]) -> Option<(u8, i64)> {
    let (_, content, ..) = read(scoped)?;
    let (.., rest) = read(content)?;
    let (.., rest) = read(rest)?;
    let (kind, content, ..) = read(rest)?;
    let (_, id, ..) = read(content)?;
    Some((kind, integer(id)?))
}

/// What the router answers to a message: the value that was asked for if everything about the message is right, or else a
/// report of what is not.
fn answer(router: &mut Engine, question: &[u8]) -> Vec<u8> {
    let report = |counter: u32| {
        let name = vec![1, 3, 6, 1, 6, 3, 15, 1, 1, counter, 0];
        vec![(name, Value::Counter(1))]
    };
    match router.open(question, true) {
        Ok(Message {
            id, level, scoped, ..
        }) => {
            let number = asked(&scoped).map_or(0, |(_, id)| id);
            let description: Vec<Variable> = system().into_iter().take(1).map(|(_, v)| v).collect();
            router.seal(id, level, false, &pdu(RESPONSE, number, &description))
        }
        Err(refusal) => {
            let (level, counter) = match refusal {
                Refusal::Time => (Level::Proved, NOT_IN_TIME),
                Refusal::Engine => (Level::Open, UNKNOWN_ENGINE),
                _ => (Level::Open, OTHER_COUNTERS),
            };
            // What the question was called can be read even if nothing else can.
            let id = read(question)
                .and_then(|(_, content, ..)| read(content))
                .and_then(|(.., rest)| read(rest))
                .and_then(|(_, header, ..)| read(header))
                .and_then(|(_, id, ..)| integer(id))
                .unwrap_or(0);
            router.seal(id, level, false, &pdu(REPORT, 0, &report(counter)))
        }
    }
}

/// Version 3 with authentication and privacy.
pub(in crate::lab) fn snmp_v3() -> Plan {
    let (mut draft, manager, agent) = draft(about(
        ("snmp-v3", "SNMP with authentication and privacy", BOOK),
        "What version 3 adds: it can be proved who asks, and nobody on the way can read what is said.",
        "Each user has two passwords, made into keys that hold for one engine only. So the engine's name is asked for first; a \
         report brings it. The next report brings the engine's clock, without which an old message could be played again. \
         From then on HMAC-SHA-1 over the whole message, cut to 96 bits, proves who sent it, and AES-128 in CFB mode hides the \
         PDU.",
        "What stays readable: the engine, its clock and the user's name. What does not: which variable was asked for. Give the \
         passwords to an analyser (user alice, authentication SHA with looking-glass, privacy AES with drink-me-eat-me), and it \
         decrypts the last two.",
        &[
            "snmp.msgVersion == 3",
            "snmp.msgUserName == \"alice\"",
            "snmp.encryptedPDU",
        ],
    ));
    let connection = draft.connection(Transport::Udp, manager, agent, 161);
    // The manager knows nobody yet.
    let mut asks = Engine::new(ALICE, b"", (0, 0), 0x5eed_0000_0000_0001);
    let mut router = Engine::new(ALICE, ENGINE, CLOCK, 0xa6e7_0000_0000_0100);
    let id = 0x4a11;

    let question = asks.seal(id, Level::Open, true, &pdu(GET, id, &[]));
    let report = answer(&mut router, &question);
    if let Ok(found) = asks.open(&report, false) {
        asks.learn(&found.engine);
    }
    draft.says(
        connection,
        End::Client,
        question,
        "who are you? (an empty get for an engine without a name)",
        "The keys depend on the engine's name, so it must be known first. Nobody can be asked for it in secret.",
    );
    draft.says(
        connection,
        End::Server,
        report,
        "report: unknown engine; mine is 80001f8804... (router.example.org)",
        "What looks like an error is the answer: every report names the engine that sends it.",
    );

    let question = asks.seal(id + 1, Level::Proved, true, &pdu(GET, id + 1, &[]));
    let report = answer(&mut router, &question);
    if let Ok(clock) = asks.open(&report, false) {
        (asks.boots, asks.time) = (clock.boots, clock.time);
    }
    draft.says(
        connection,
        End::Client,
        question,
        "alice, proved: what time is it at yours?",
        "The first message with a proof. Its clock stands at 0, which cannot be right.",
    );
    draft.says(
        connection,
        End::Server,
        report,
        "report, proved: not in time; restarted 7 times, up for 86743 s",
        "The manager takes the clock over. A message that is older than 150 seconds will be refused from now on.",
    );

    let variable = system().into_iter().take(1).map(|(_, (name, _))| name);
    let variables: Vec<Variable> = variable.map(|name| (name, Value::Null)).collect();
    let question = asks.seal(id + 2, Level::Hidden, true, &pdu(GET, id + 2, &variables));
    let response = answer(&mut router, &question);
    draft.says(
        connection,
        End::Client,
        question,
        "(encrypted: get sysDescr.0)",
        "Now everything but engine, clock and user is hidden. The salt in the message makes the same question look different each time.",
    );
    draft.says(
        connection,
        End::Server,
        response,
        "(encrypted: sysDescr.0 is Linux router.example.org ..., noError)",
        "",
    );
    draft.done()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::lab::plan::Act;

    /// Both ends read what the other said: found out from the recording alone, with the passwords.
    #[test]
    fn both_ends_check_and_decrypt() {
        let said: Vec<Vec<u8>> = snmp_v3()
            .steps
            .iter()
            .filter_map(|step| match &step.act {
                Act::Send { pieces, .. } => Some(pieces.concat()),
                _ => None,
            })
            .collect();
        let anybody = Engine::new(ALICE, ENGINE, CLOCK, 0);
        let kinds: Vec<(Level, u8, i64, i64)> = said
            .iter()
            .skip(1)
            .map(|bytes| {
                let message = anybody.open(bytes, false).unwrap();
                let (kind, number) = asked(&message.scoped).unwrap();
                (message.level, kind, message.id, number)
            })
            .collect();
        assert_eq!(
            kinds,
            [
                (Level::Open, REPORT, 0x4a11, 0),
                (Level::Proved, GET, 0x4a12, 0x4a12),
                (Level::Proved, REPORT, 0x4a12, 0),
                (Level::Hidden, GET, 0x4a13, 0x4a13),
                (Level::Hidden, RESPONSE, 0x4a13, 0x4a13),
            ]
        );
        let last = anybody.open(&said[5], false).unwrap();
        let text = b"Linux router.example.org";
        assert!(last.scoped.windows(text.len()).any(|w| w == text));
        assert!(!said[5].windows(text.len()).any(|w| w == text));
        // The engine that is asked takes the question as well, at its own clock.
        assert!(anybody.open(&said[4], true).is_ok());
        assert_eq!(anybody.open(&said[2], true), Err(Refusal::Time));
    }
}
