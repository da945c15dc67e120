//! SNMP, versions 1 and 2c (RFC 1157, RFC 3416), in BER (ITU-T X.690).

use super::{Draft, about};
use crate::lab::plan::{About, End, Plan, Transport};

pub(super) const BOOK: &str = "Learning Python Network Programming, ch. 5";

/// A value with its tag and length.
pub(super) fn tagged(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut bytes = vec![tag];
    let len = content.len();
    if len < 0x80 {
        bytes.push(len as u8);
    } else if len < 0x100 {
        bytes.extend_from_slice(&[0x81, len as u8]);
    } else {
        bytes.push(0x82);
        bytes.extend_from_slice(&(len as u16).to_be_bytes());
    }
    bytes.extend_from_slice(content);
    bytes
}

/// A number in as few bytes as hold it and its sign.
pub(super) fn number(tag: u8, value: i64) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    let extra = bytes
        .windows(2)
        .take_while(|pair| {
            (pair[0] == 0 && pair[1] & 0x80 == 0) || (pair[0] == 0xff && pair[1] & 0x80 != 0)
        })
        .count();
    tagged(tag, bytes.get(extra..).unwrap_or(&bytes))
}

/// An object identifier: the first two numbers in one byte, the others in base 128.
fn oid(numbers: &[u32]) -> Vec<u8> {
    let mut content = Vec::new();
    if let [first, second, rest @ ..] = numbers {
        content.push((first * 40 + second) as u8);
        for n in rest {
            let mut shift = 28;
            while shift > 0 && n >> shift == 0 {
                shift -= 7;
            }
            while shift > 0 {
                content.push((n >> shift & 0x7f) as u8 | 0x80);
                shift -= 7;
            }
            content.push((n & 0x7f) as u8);
        }
    }
    tagged(0x06, &content)
}

/// A value of a variable.
#[derive(Clone)]
pub(super) enum Value {
    Null,
    Text(&'static str),
    Id(Vec<u32>),
    Ticks(u32),
    Counter(u32),
    Integer(i64),
}

impl Value {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Null => tagged(0x05, &[]),
            Self::Text(text) => tagged(0x04, text.as_bytes()),
            Self::Id(numbers) => oid(numbers),
            Self::Counter(count) => number(0x41, i64::from(*count)),
            Self::Ticks(ticks) => number(0x43, i64::from(*ticks)),
            Self::Integer(value) => number(0x02, *value),
        }
    }
}

pub(super) type Variable = (Vec<u32>, Value);

/// The kinds of messages.
pub(super) const GET: u8 = 0xa0;
const GET_NEXT: u8 = 0xa1;
pub(super) const RESPONSE: u8 = 0xa2;
const TRAP_1: u8 = 0xa4;
const GET_BULK: u8 = 0xa5;
const TRAP_2: u8 = 0xa7;
pub(super) const REPORT: u8 = 0xa8;

pub(super) fn bindings(variables: &[Variable]) -> Vec<u8> {
    let content: Vec<u8> = variables
        .iter()
        .flat_map(|(name, value)| tagged(0x30, &[oid(name), value.bytes()].concat()))
        .collect();
    tagged(0x30, &content)
}

fn message(version: i64, pdu: &[u8]) -> Vec<u8> {
    let content = [number(0x02, version), tagged(0x04, b"public"), pdu.to_vec()].concat();
    tagged(0x30, &content)
}

/// A message of the common form: request identification, two numbers (error status and index; or, for get-bulk, how many
/// variables are asked for once and how often the others), variables.
fn pdu(version: i64, kind: u8, id: i64, numbers: (i64, i64), variables: &[Variable]) -> Vec<u8> {
    let content = [
        number(0x02, id),
        number(0x02, numbers.0),
        number(0x02, numbers.1),
        bindings(variables),
    ]
    .concat();
    message(version, &tagged(kind, &content))
}

const SYSTEM: [u32; 7] = [1, 3, 6, 1, 2, 1, 1];

fn name(last: &[u32]) -> Vec<u32> {
    [&SYSTEM[..], last].concat()
}

/// The system group of the machine that is asked.
pub(super) fn system() -> Vec<(&'static str, Variable)> {
    vec![
        (
            "sysDescr",
            (
                name(&[1, 0]),
                Value::Text("Linux router.example.org 3.13.0-46-generic x86_64"),
            ),
        ),
        (
            "sysObjectID",
            (
                name(&[2, 0]),
                Value::Id(vec![1, 3, 6, 1, 4, 1, 8072, 3, 2, 10]),
            ),
        ),
        ("sysUpTime", (name(&[3, 0]), Value::Ticks(8_674_309))),
        (
            "sysContact",
            (
                name(&[4, 0]),
                Value::Text("Mad Hatter <hatter@example.org>"),
            ),
        ),
        (
            "sysName",
            (name(&[5, 0]), Value::Text("router.example.org")),
        ),
        (
            "sysLocation",
            (name(&[6, 0]), Value::Text("Under the tea table")),
        ),
        ("sysServices", (name(&[7, 0]), Value::Integer(72))),
    ]
}

pub(super) fn draft(about: About) -> (Draft, usize, usize) {
    let mut draft = Draft::new(about);
    let manager = draft.host("manager", [192, 168, 0, 4]);
    let agent = draft.host("router", [192, 168, 0, 254]);
    (draft, manager, agent)
}

/// One variable is asked for.
pub(in crate::lab) fn snmp_get() -> Plan {
    let (mut draft, manager, agent) = draft(about(
        ("snmp-get", "A router is asked what it is", BOOK),
        "How machines are watched over: every value has a number, and can be asked for.",
        "Variables have names of numbers, a path in a tree: 1.3.6.1.2.1.1.1.0 is the description of the system. A community \
         name, usually \"public\", is the only password of versions 1 and 2c.",
        "The community, in the clear. That the answer has the request's identification. Everything is a tag, a length and a \
         value, one inside the other (BER).",
        &[
            "snmp",
            "snmp.community == \"public\"",
            "snmp.name == 1.3.6.1.2.1.1.1.0",
        ],
    ));
    let connection = draft.connection(Transport::Udp, manager, agent, 161);
    let id = 1_350_241_673;
    let Some((_, variable)) = system().into_iter().next() else {
        return draft.done();
    };
    draft.says(
        connection,
        End::Client,
        pdu(1, GET, id, (0, 0), &[(variable.0.clone(), Value::Null)]),
        "get sysDescr.0 (community public)",
        "The value to come is left empty: null.",
    );
    draft.says(
        connection,
        End::Server,
        pdu(1, RESPONSE, id, (0, 0), &[variable]),
        "sysDescr.0 is Linux router.example.org ... (noError)",
        "",
    );
    draft.done()
}

/// The system group is walked through, in both versions; get-bulk; traps.
pub(in crate::lab) fn snmp_walk() -> Plan {
    let (mut draft, manager, agent) = draft(about(
        (
            "snmp-walk",
            "Walking through a group of variables; a trap",
            BOOK,
        ),
        "How to find out what a machine knows without knowing the names beforehand.",
        "Get-next answers with the variable that follows the one that was named, and its name: asked again and again, it walks \
         through the tree, until a name comes that is outside of the group. Get-bulk (version 2c) asks for many at once. A trap \
         comes unasked, to port 162.",
        "Each request names what the last answer brought. The walk ends when sysServices is followed. How many packets get-bulk \
         saves.",
        &[
            "snmp",
            "snmp.version == 0",
            "snmp.data == 5",
            "udp.port == 162",
        ],
    ));
    let group = system();
    for (version, called) in [(0, "version 1"), (1, "version 2c")] {
        let connection = draft.connection(Transport::Udp, manager, agent, 161);
        let mut at = ("system", SYSTEM.to_vec());
        let walked = group.iter().take(6);
        for (index, (called_next, variable)) in walked.enumerate() {
            let id = 0x3000 + version * 0x100 + index as i64;
            draft.says(
                connection,
                End::Client,
                pdu(version, GET_NEXT, id, (0, 0), &[(at.1, Value::Null)]),
                &format!("get-next {} ({called})", at.0),
                "",
            );
            draft.says(
                connection,
                End::Server,
                pdu(
                    version,
                    RESPONSE,
                    id,
                    (0, 0),
                    std::slice::from_ref(variable),
                ),
                &format!("{called_next}.0 follows"),
                "",
            );
            at = (called_next, variable.0.clone());
        }
    }
    let connection = draft.connection(Transport::Udp, manager, agent, 161);
    draft.says(
        connection,
        End::Client,
        pdu(
            1,
            GET_BULK,
            0x3301,
            (0, 6),
            &[(SYSTEM.to_vec(), Value::Null)],
        ),
        "get-bulk system, six of them",
        "One request for the whole group.",
    );
    let all: Vec<Variable> = group.iter().take(6).map(|(_, v)| v.clone()).collect();
    draft.says(
        connection,
        End::Server,
        pdu(1, RESPONSE, 0x3301, (0, 0), &all),
        "all six",
        "",
    );
    let trap = draft.connection(Transport::Udp, agent, manager, 162);
    let trap_1 = [
        oid(&[1, 3, 6, 1, 4, 1, 8072, 3, 2, 10]),
        tagged(0x40, &[192, 168, 0, 254]),
        number(0x02, 3),
        number(0x02, 0),
        number(0x43, 8_674_920),
        bindings(&[(vec![1, 3, 6, 1, 2, 1, 2, 2, 1, 1, 2], Value::Integer(2))]),
    ]
    .concat();
    draft.says(
        trap,
        End::Client,
        message(0, &tagged(TRAP_1, &trap_1)),
        "trap: link up (version 1)",
        "The router speaks without being asked; nobody answers.",
    );
    draft.later(400);
    let variables = [
        (vec![1, 3, 6, 1, 2, 1, 1, 3, 0], Value::Ticks(8_675_021)),
        (
            vec![1, 3, 6, 1, 6, 3, 1, 1, 4, 1, 0],
            Value::Id(vec![1, 3, 6, 1, 6, 3, 1, 1, 5, 1]),
        ),
    ];
    draft.says(
        trap,
        End::Client,
        pdu(1, TRAP_2, 0x3302, (0, 0), &variables),
        "trap: cold start (version 2c)",
        "In version 2c a trap has the form of all other messages: its kind is the value of a variable.",
    );
    draft.done()
}
