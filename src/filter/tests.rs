//! Filters on hand-made trees of two invented protocols, so that nothing depends on how real ones are dissected.

use super::{Filter, FilterError, compile, parse};
use crate::dissect::tree::{GENERATED, HIDDEN, Label, PROTOCOL};
use crate::dissect::{Done, Layer, Node, Protocol, Registry, Tree, Value};
use crate::field::{Field, Kind, Names};

fn nothing(_: &mut Layer<'_, '_>) -> Done {
    Ok(())
}

static NET: Protocol = Protocol {
    fields: &[
        &NET_ADDR,
        &NET_SRC,
        &NET_DST,
        &NET_MAC,
        &NET_SIX,
        &NET_TTL,
        &NET_DF,
        &NET_MARK,
        &NET_SIZE,
        &NET_TIME,
        &NET_AGE,
        &NET_ID,
        &NET_OFFSET,
        &NET_SHARE,
        &NET_LOST,
    ],
    ..Protocol::new("net", "Network", "NET", nothing)
};
static NET_ADDR: Field = Field::new("net.addr", "Address", Kind::Ipv4);
static NET_SRC: Field = Field::new("net.src", "Source", Kind::Ipv4).also(&[&NET_ADDR]);
static NET_DST: Field = Field::new("net.dst", "Destination", Kind::Ipv4).also(&[&NET_ADDR]);
static NET_MAC: Field = Field::new("net.mac", "Hardware", Kind::Ether);
static NET_SIX: Field = Field::new("net.six", "Six", Kind::Ipv6);
static NET_TTL: Field = Field::new("net.ttl", "TTL", Kind::U8);
static NET_DF: Field = Field::new("net.df", "Don't fragment", Kind::Bool).flag();
static NET_MARK: Field = Field::new("net.mark", "Marked", Kind::Bool);
static NET_SIZE: Field = Field::new("net.size", "Size", Kind::U16).unit(" byte", " bytes");
static NET_TIME: Field = Field::new("net.time", "Time", Kind::AbsTime);
static NET_AGE: Field = Field::new("net.age", "Age", Kind::RelTime);
static NET_ID: Field = Field::new("net.id", "Id", Kind::Guid);
static NET_OFFSET: Field = Field::new("net.offset", "Offset", Kind::I16);
static NET_SHARE: Field = Field::new("net.share", "Share", Kind::F64);
static NET_LOST: Field = Field::new("net.lost", "Lost", Kind::None);

static APP: Protocol = Protocol {
    fields: &[
        &APP_HOST,
        &APP_KIND,
        &APP_BODY,
        &APP_FORM_TEXT,
        &APP_FORM_BYTES,
    ],
    ..Protocol::new("app", "Application", "APP", nothing)
};
static APP_HOST: Field = Field::new("app.host", "Host", Kind::Str);
static APP_KIND: Field = Field::new("app.kind", "Kind", Kind::U16).names(Names::Values(&[
    (1, "A (Host Address)"),
    (28, "AAAA (IPv6 Address)"),
    (2, "Standard query"),
]));
static APP_BODY: Field = Field::new("app.body", "Body", Kind::Bytes);
static APP_FORM_TEXT: Field = Field::new("app.form", "Form", Kind::Str);
static APP_FORM_BYTES: Field = Field::new("app.form", "Form", Kind::U8);

static GONE: Protocol = Protocol {
    fields: &[&GONE_PORT],
    ..Protocol::new("gone", "Gone", "GONE", nothing)
};
static GONE_PORT: Field = Field::new("gone.port", "Port", Kind::U16);

fn registry() -> Registry {
    Registry::new(&[&NET, &APP, &GONE])
}

/// The frame of the tests: `net` is bytes 0..8, `app` the rest.
const FRAME: &[u8] = b"\x45\x00\x00\x1c\x0a\x00\x00\x01www.Example.com\xc3\xa9\x00\x16";

fn tree() -> Tree {
    let mut tree = Tree::new();
    let mut add =
        |field: &'static Field, value: Value, start: u32, len: u32, depth: u8, flags: u8| {
            tree.nodes.push(Node {
                field,
                value,
                start,
                len,
                label: Label::Standard,
                depth,
                buffer: 0,
                flags,
                severity: 0,
            });
        };
    let all = FRAME.len() as u32;
    add(
        &NET.field,
        Value::Slice { start: 0, len: all },
        0,
        8,
        0,
        PROTOCOL,
    );
    add(&NET_SRC, Value::Ipv4([10, 0, 0, 1]), 4, 4, 1, 0);
    add(&NET_DST, Value::Ipv4([192, 168, 1, 2]), 4, 4, 1, 0);
    add(
        &NET_MAC,
        Value::Ether([0, 0xc0, 0x9f, 0x32, 0x41, 0x8c]),
        0,
        6,
        1,
        0,
    );
    let mut six = [0; 16];
    six[..2].copy_from_slice(&[0xfe, 0x80]);
    six[15] = 1;
    add(&NET_SIX, Value::Ipv6(six), 0, 8, 1, 0);
    add(&NET_TTL, Value::U(64), 3, 1, 1, 0);
    add(&NET_DF, Value::U(1), 3, 1, 1, 0);
    add(&NET_MARK, Value::U(0), 3, 1, 1, HIDDEN);
    add(&NET_SIZE, Value::U(28), 2, 2, 1, 0);
    // 2005-03-30 08:50:54.366527 UTC
    add(
        &NET_TIME,
        Value::Time {
            secs: 1_112_172_654,
            nanos: 366_527_000,
        },
        0,
        0,
        1,
        GENERATED,
    );
    add(
        &NET_AGE,
        Value::Time {
            secs: 0,
            nanos: -500_000_000,
        },
        0,
        0,
        1,
        GENERATED,
    );
    add(
        &NET_ID,
        Value::Ipv6(*b"\x01\x23\x45\x67\x89\xab\xcd\xef\x01\x23\x45\x67\x89\xab\xcd\xef"),
        0,
        8,
        1,
        0,
    );
    add(&NET_OFFSET, Value::I(-3), 0, 2, 1, 0);
    add(&NET_SHARE, Value::F(0.25), 0, 8, 1, 0);
    add(&NET_LOST, Value::None, 0, 0, 1, GENERATED);
    add(
        &APP.field,
        Value::Slice {
            start: 8,
            len: all - 8,
        },
        8,
        all - 8,
        0,
        PROTOCOL,
    );
    add(&APP_HOST, Value::Slice { start: 8, len: 17 }, 8, 17, 1, 0);
    add(&APP_KIND, Value::U(28), 25, 2, 1, 0);
    add(&APP_BODY, Value::Slice { start: 25, len: 2 }, 25, 2, 1, 0);
    add(&APP_FORM_BYTES, Value::U(7), 26, 1, 1, 0);
    // The same protocol once more, inside.
    add(
        &NET.field,
        Value::Slice { start: 20, len: 4 },
        20,
        4,
        0,
        PROTOCOL,
    );
    add(&NET_SRC, Value::Ipv4([10, 0, 0, 9]), 20, 4, 1, 0);
    tree
}

fn filter(text: &str) -> Filter {
    compile(text, &registry()).unwrap_or_else(|e| panic!("{text}: {e}"))
}

fn refused(text: &str) -> FilterError {
    match compile(text, &registry()) {
        Ok(_) => panic!("{text} should be refused"),
        Err(e) => e,
    }
}

fn check(cases: &[(&str, bool)]) {
    let tree = tree();
    for (text, expected) in cases {
        assert_eq!(filter(text).matches(&tree, FRAME), *expected, "{text}");
    }
}

#[test]
fn presence() {
    check(&[
        ("", true),
        ("  ", true),
        ("net", true),
        ("gone", false),
        ("net.addr", true),
        ("net.mark", true), // hidden, but there
        ("net.lost", true),
        ("gone.port", false),
        (".net.src", true),
        ("app.form", true), // one of two fields of this name
    ]);
}

#[test]
fn combinations_bind_as_usual() {
    check(&[
        ("gone and net or net", true),
        ("net or gone and gone", true),
        ("not gone and net", true),
        ("not net or gone", false),
        ("!gone && !(net && gone)", true),
        ("!!net", true),
        ("(net)and(app)", true),
        ("net ^^ app", false),
        ("net xor app xor app", true),
        ("net || app ^^ app", true),
        ("! net.ttl == 1", true),
    ]);
}

#[test]
fn fields_that_occur_several_times() {
    check(&[
        ("net.addr == 10.0.0.1", true),
        ("net.addr == 192.168.1.2", true),
        ("net.addr != 10.0.0.1", false), // none may be equal
        ("net.addr != 1.1.1.1", true),
        ("net.addr !== 10.0.0.1", true), // one differs
        ("net.addr ~= 10.0.0.1", true),
        ("net.addr === 10.0.0.0/8", false),
        ("net.src === 10.0.0.0/8", true),
        ("all net.src == 10.0.0.0/8", true),
        ("all net.addr != 10.0.0.1", false),
        ("any net.addr != 10.0.0.1", true),
        ("all net.addr > 9.0.0.0", true),
        ("gone.port != 80", false), // a comparison implies presence
        ("all gone.port == 80", false),
        ("gone.port not in {80}", true), // tshark: the opposite of "in"
        ("not gone.port == 80", true),
        ("net.src == net.addr", true),
        ("net.src != net.addr", false),
    ]);
}

#[test]
fn integers_in_all_bases() {
    check(&[
        ("net.ttl == 64", true),
        ("net.ttl == 0x40", true),
        ("net.ttl == 0100", true),
        ("net.ttl == 0b1000000", true),
        ("net.ttl == '@'", true),
        ("net.ttl == '\\x40'", true),
        ("net.ttl eq 64", true),
        ("net.ttl ne 64", false),
        ("net.ttl gt 63 and net.ttl lt 65", true),
        ("net.ttl ge 64 and net.ttl le 64", true),
        ("net.ttl > 64 or net.ttl < 64", false),
        ("net.ttl == +64", true),
        ("net.ttl > -1", false), // as tshark: a negative number only differs
        ("net.ttl != -1", true),
        ("net.offset == -3", true),
        ("net.offset < 0", true),
        ("net.offset > -32768", true),
        ("net.share == 0.25", true),
        ("net.share < 1", true),
        ("net.share > -0.5", true),
        ("net.ttl > net.size", true),
        ("net.ttl == net.df", false),
        ("app.form == 7", true),
        ("app.form == x", false), // a text for the other field of this name
    ]);
}

#[test]
fn booleans_and_value_names() {
    check(&[
        ("net.df == 1", true),
        ("net.df == True", true),
        ("net.df == TRUE", true),
        ("net.df == 2", true),
        ("net.df == \"Set\"", true),
        ("net.df == \"Not set\"", false),
        ("net.mark == false", true),
        ("net.mark == 0", true),
        ("app.kind == AAAA", true),
        ("app.kind == \"AAAA (IPv6 Address)\"", true),
        ("app.kind == \"standard query\"", false),
        ("app.kind > \"Standard query\"", true),
        ("app.kind == 28", true),
    ]);
}

#[test]
fn addresses() {
    check(&[
        ("net.dst == 192.168.0.0/16", true),
        ("net.dst == 192.168.1.1/31", false),
        ("net.dst == 1.2.3.4/0", true),
        ("net.dst > 192.168.0.0/16", false),
        ("net.dst >= 192.168.0.0/16", true),
        ("net.six == fe80::1", true),
        ("net.six == fe80::/10", true),
        ("net.six == ::1", false),
        ("net.six > ::", true),
        ("net.mac == 00:c0:9f:32:41:8c", true),
        ("net.mac == 00-c0-9f-32-41-8c", true),
        ("net.mac == 00c0.9f32.418c", true),
        ("net.mac contains c0:9f", true),
        ("net.mac matches \"^\\\\x00\"", true),
        ("net.id == 01234567-89ab-cdef-0123-456789abcdef", true),
    ]);
}

#[test]
fn texts_and_bytes() {
    check(&[
        ("app.host == \"www.Example.com\\xc3\\xa9\"", true),
        ("app.host == \"www.Example.com\\u00e9\"", true),
        ("app.host == \"www.Example.comé\"", true),
        ("app.host contains Example.com", true),
        ("app.host contains \"example\"", false),
        ("app.host contains \"\\x2e\"", true),
        ("app.host contains 'w'", true),
        ("app.host matches \"EXAMPLE\\\\.com\"", true),
        ("app.host ~ r\"example\\.COM\"", true),
        ("app.host matches \"(?-i)example\"", false),
        ("app.host > \"www\"", true),
        ("app.body == 00:16", true),
        ("app.body == 0016", true),
        ("app.body == 0.16", true),
        ("app.body contains :16", true),
        ("app.body == \"\\x00\\x16\"", true),
        ("app.body > 00", true),
        ("app contains \"Example\"", true),
        ("net contains \"Example\"", true), // with what it carries
        ("net[8:] contains \"Example\"", false), // slices stay within the header
        ("net == 45:00", false),
        ("net == 45:00:00:1c:0a:00:00:01", true), // compared as a header
    ]);
}

#[test]
fn times() {
    check(&[
        ("net.time == \"2005-03-30 08:50:54.366527\"", true),
        ("net.time == \"2005-03-30T09:50:54.366527+01:00\"", true),
        ("net.time > \"Mar 30, 2005 08:50:54\"", true),
        ("net.time < \"mar 30, 2005 08:50:54.5 UTC\"", true),
        ("net.time > 2005-03-30", true),
        ("net.time < \"2005-03-30 08:50Z\"", false),
        ("net.age == -0.5", true),
        ("net.age < 0", true),
        ("net.age > -1", true),
        ("net.age + 1 == 0.5", true),
        ("abs(net.age) == 0.5", true),
    ]);
}

#[test]
fn sets_slices_layers_and_raw_bytes() {
    check(&[
        ("net.ttl in {63, 64}", true),
        ("net.ttl in {1..10, 60 .. 70}", true),
        ("net.ttl in {70..60}", false),
        ("net.addr in {10.0.0.0/30, 1.1.1.1..2.2.2.2}", true),
        ("all net.src in {10.0.0.1}", false),
        ("net.ttl in {1 .. net.size, 99}", false),
        ("net.ttl in {net.size .. 99}", true),
        ("app.host in {\"a\" .. \"x\"}", true),
        ("net[0] == 45", true),
        ("net[0:2] == 45:00", true),
        ("net[-1] == 01", true),
        ("net[2-3] == 00:1c", true),
        ("net[:1] == 45", true),
        ("net[0,2-3,7:] == 45:00:1c:01", true),
        ("net[8]", false),
        ("net[7]", true),
        ("net.mac[0:3] == 00:c0:9f", true),
        ("net.mac[0:3][1] == c0", true),
        ("net.src[0] == 0a", true),
        ("net.src[0:4] == net.src", true),
        ("app.host[0] == \"w\"", true),
        ("app.host[0:3] == 77:77:77", true),
        ("app.host[15] == \"é\"", true), // a text is cut between characters
        ("net.src#1 == 10.0.0.1", true),
        ("net.src#2 == 10.0.0.1", false),
        ("net.src#[-1] == 10.0.0.9", true),
        ("net.src#[1-2] == 10.0.0.9", true),
        ("net#2", true),
        ("net#3", false),
        ("@net.ttl == 1c", true),
        ("@net.src[0:2] == 0a:00", true),
    ]);
}

#[test]
fn functions_and_arithmetic() {
    check(&[
        ("len(app.host) == 17", true),
        ("len(net) == 8", true),
        ("len(net.size) == 2", true),
        ("count(net.addr) == 3", true),
        ("count(gone.port) == 0", false),
        ("lower(app.host) contains \"example\"", true),
        ("upper(app.host) contains EXAMPLE", true),
        ("string(net.ttl) matches \"^6\"", true),
        ("string(net.src) == \"10.0.0.9\"", true),
        ("max(net.ttl, net.size) == 64", true),
        ("min(net.ttl, net.size, 30) == 28", true),
        ("net.ttl + 1 == 65", true),
        ("net.ttl == 32 + 2 * 16", true),
        ("net.ttl == {30 + 2} * 2", true),
        ("net.ttl -1 == 63", true),
        ("net.ttl - 64", false), // alone: not zero
        ("net.ttl % 10 == 4", true),
        ("net.ttl / 0 == 1", false),
        ("-net.offset == 3", true),
        ("net.ttl & 0x40", true),
        ("net.ttl & 0x3f", false),
        ("net.size & 0xf == 0xc", true),
        ("net.src & 255.255.255.0 == 10.0.0.0", true),
        ("net.mac[0] & 01", false),
        ("net.size + 36 == net.ttl", true),
        ("net.ttl == ${net.ttl}", false), // no frame is selected
    ]);
}

#[test]
fn what_is_wrong_and_where() {
    let cases: &[(&str, &str, Option<&str>)] = &[
        (
            "net.adr == 1.2.3.4",
            "net.adr",
            Some("Did you mean: net.addr"),
        ),
        ("ttl", "ttl", Some("Did you mean: net.ttl")),
        (
            "gone.port = 80 or 443",
            "=",
            Some("Did you mean: gone.port in {80, 443}"),
        ),
        ("gone.port=80", "=", Some("Did you mean: gone.port == 80")),
        (
            "gone.port == 80 or 443",
            "443",
            Some("Did you mean: gone.port in {80, 443}"),
        ),
        (
            "net AND app",
            "AND",
            Some("Operators are written in small letters: and"),
        ),
        ("net app", "app", Some("Join tests with \"and\" or \"or\".")),
        (
            "net.dst == 192.168",
            "192.168",
            Some("A network is written 192.168.0.0/16"),
        ),
        ("net.ttl == 256", "256", None),
        (
            "net.ttl == \"64\"",
            "\"64\"",
            Some("Write the value without quotes."),
        ),
        ("net.ttl == 0x", "0x", None),
        ("net.ttl == 6.4", "6.4", None),
        ("net.offset == 32769", "32769", None),
        (
            "net.ttl contains \"6\"",
            "net.ttl",
            Some("Compare its value, or search in its text: string(net.ttl) contains ..."),
        ),
        ("net.src == net.mac", "net.mac", None),
        ("net.mac == 00:11", "00:11", None),
        ("net.time > 5", "5", None),
        ("net.age > 1e3", "1e3", None),
        (
            "app.host matches abc",
            "abc",
            Some("Write: matches \"abc\""),
        ),
        ("app.host matches \"(\"", "\"(\"", None),
        ("app.body contains text", "text", None),
        ("app.kind == MX", "MX", None),
        ("net.lost == 1", "net.lost", None),
        ("64 == net.ttl", "64", None),
        ("\"a\"", "\"a\"", None),
        ("net.ttl[0] == 1", "net.ttl", None),
        ("net[0:0] == 1", "0:0", None),
        ("net[2-1] == 1", "2-1", None),
        ("net[x]", "x", None),
        ("lower(net.ttl) == \"a\"", "net.ttl", None),
        ("nothing(net)", "nothing(net)", None),
        ("len(net)", "len(net)", None),
        ("len(net, app) == 1", "len(net, app)", None),
        ("(net", "(", None),
        ("net)", ")", Some("There is no opening parenthesis for it.")),
        ("net and", "", None),
        ("net.ttl ==", "", None),
        ("and net", "and", None),
        (
            "1 < net.ttl < 3",
            "<",
            Some("Comparisons cannot be chained; join them with \"and\"."),
        ),
        ("net.ttl in {}", "}", None),
        (
            "net.ttl in {1 2}",
            "2",
            Some("The values of a set are separated by commas."),
        ),
        ("net[0:1] in {45}", "net[0:1]", None),
        ("net | app", "|", Some("\"or\" is written ||.")),
        ("app.host contains \"abc", "\"abc", None),
        ("app.host contains \"a\\q\"", "\\q", None),
        ("net.ttl == 'ab'", "'ab'", None),
        ("net.df & 1", "net.df", None),
        ("1 + net.ttl == 65", "1", Some("Write net.ttl + 1")),
        ("net.ttl; app", ";", None),
        ("é", "é", None),
    ];
    for (text, place, hint) in cases {
        let error = refused(text);
        let found = text.get(error.span.clone());
        assert!(!error.message.is_empty());
        if text.starts_with("1 < ") {
            // Two faults; the second sign is the one to explain.
            assert_eq!(error.span, 12..13, "{text}: {error}");
        } else {
            assert_eq!(found, Some(*place), "{text}: {error}");
        }
        if let Some(hint) = hint {
            assert_eq!(error.hint.as_deref(), Some(*hint), "{text}");
        }
    }
}

#[test]
fn the_caret_stands_under_the_place() {
    let text = "app.host == \"é\" and net.adr";
    let error = refused(text);
    assert_eq!(
        error.render(text),
        "    app.host == \"é\" and net.adr\n                        ^~~~~~~\nDid you mean: net.addr"
    );
    let text = "net and";
    assert_eq!(refused(text).render(text), "    net and\n           ^");
}

#[test]
fn depth_and_length_are_limited() {
    let deep = |n: usize| format!("{}net{}", "(".repeat(n), ")".repeat(n));
    assert!(compile(&deep(128), &registry()).is_ok());
    assert!(refused(&deep(129)).message.contains("128"));
    assert!(refused(&"!".repeat(50_000)).message.contains("128"));
    assert!(
        refused(&format!("net.ttl == {}1", "1 + ".repeat(9000)))
            .message
            .contains("128")
    );
    assert!(
        refused(&format!("net{}", "[0:1]".repeat(9000)))
            .message
            .contains("128")
    );
    assert!(
        refused(&format!("net.ttl == {}1", "-".repeat(9000)))
            .message
            .contains("128")
    );
    // A long chain is no nesting.
    assert!(compile(&format!("net{}", " or net".repeat(5000)), &registry()).is_ok());
    assert!(refused(&" ".repeat(70_000)).message.contains("65536"));
}

#[test]
fn the_chain_of_protocols_decides_what_it_can() {
    let present = |list: &'static [u16]| move |index: u16| Some(list.contains(&index));
    let (net, app) = (present(&[0]), present(&[0, 1]));
    for (text, only_net, both) in [
        ("net", Some(true), Some(true)),
        ("app", Some(false), Some(true)),
        ("!app", Some(true), Some(false)),
        ("app.host contains \"a\"", Some(false), None),
        ("!app.host contains \"a\"", Some(true), None),
        ("app.host or net.ttl == 64", None, None),
        ("app.host or net", Some(true), Some(true)),
        ("app.host and net", Some(false), None),
        ("app.host and gone", Some(false), Some(false)),
        ("net ^^ app", Some(true), Some(false)),
        ("len(app.host) > 3", Some(false), None),
        ("net.ttl == 1 and app.host", Some(false), None),
        ("net#2", None, None),
        ("_ws.expert", None, None),
        ("net.ttl == ${app.kind}", Some(false), Some(false)),
        ("", Some(true), Some(true)),
    ] {
        let filter = filter(text);
        assert_eq!(filter.decide(&net), only_net, "{text}");
        assert_eq!(filter.decide(&app), both, "{text}");
        for (chain, decided) in [
            (&net as &dyn Fn(u16) -> Option<bool>, only_net),
            (&app, both),
        ] {
            if !filter
                .requires()
                .holds(&|index| chain(index) != Some(false))
            {
                assert_eq!(decided, Some(false), "{text}");
            }
        }
    }
    // What is not known to be there may be there.
    let open = |index: u16| (index == 0).then_some(true);
    assert_eq!(filter("app").decide(&open), None);
    assert_eq!(filter("!app.host").decide(&open), None);
    assert_eq!(filter("net or app").decide(&open), Some(true));
    let filter = filter("net.ttl == 1 or app.host");
    assert_eq!(filter.touches().names, ["app.host", "net.ttl"]);
    assert_eq!(filter.touches().protocols, [0, 1]);
}

#[test]
fn doubts_are_told() {
    assert_eq!(filter("net.addr != 1.1.1.1").doubts().len(), 1);
    assert_eq!(filter("net.addr != 1.1.1.1").doubts()[0].span, 0..8);
    assert!(filter("net.ttl != 1").doubts().is_empty());
    assert!(filter("!(net.addr == 1.1.1.1)").doubts().is_empty());
}

/// A small generator of pseudo-random numbers (xorshift), seeded.
struct Chance(u64);

impl Chance {
    fn below(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % n as u64) as usize
    }
    fn of<'x>(&mut self, list: &[&'x str]) -> &'x str {
        list[self.below(list.len())]
    }
}

fn any_value(c: &mut Chance, depth: usize) -> String {
    let leaf = depth == 0 || c.below(3) == 0;
    if leaf {
        return c
            .of(&[
                "net.ttl",
                "app",
                ".net",
                "0x1f",
                "10.0.0.0/8",
                "fe80::1",
                "00:11:ff",
                ":ff",
                "\"a\\\"b\\\\\"",
                "r\"\\d+\"",
                "\"\\x00\\xff\\u00e9é\"",
                "'x'",
                "'\\''",
                "'\\n'",
                "${net.ttl}",
                "2005-03-30",
                "1.5",
                "@net.src",
            ])
            .to_owned();
    }
    let inner = any_value(c, depth - 1);
    match c.below(7) {
        0 => format!("{{{inner} + {}}}", any_value(c, depth - 1)),
        1 => format!(
            "{inner} {} {}",
            c.of(&["+", "-", "*", "/", "%", "&"]),
            any_value(c, depth - 1)
        ),
        2 => format!("-{inner}"),
        3 => format!(
            "{}({inner}, {})",
            c.of(&["len", "max", "f"]),
            any_value(c, depth - 1)
        ),
        4 => format!(
            "{{{inner}}}[{}]",
            c.of(&["0", "0:2", "-4--2", ":3", "1:", "0-1,5,7:"])
        ),
        5 => format!("net.src#{}", c.of(&["2", "[1-2]", "[-1]"])),
        _ => format!("{{{inner}}}"),
    }
}

fn any_filter(c: &mut Chance, depth: usize) -> String {
    if depth == 0 || c.below(4) == 0 {
        let left = any_value(c, 2);
        let front = c.of(&["", "", "", "any ", "all "]);
        return match c.below(4) {
            0 => any_value(c, 2),
            1 => format!(
                "{front}{left} {}in {{{}, {} .. {}}}",
                c.of(&["", "not "]),
                any_value(c, 1),
                any_value(c, 1),
                any_value(c, 0)
            ),
            _ => format!(
                "{front}{left} {} {}",
                c.of(&[
                    "==", "!=", "===", "!==", "~=", "gt", "<", ">=", "le", "contains", "~"
                ]),
                any_value(c, 2)
            ),
        };
    }
    let one = any_filter(c, depth - 1);
    match c.below(4) {
        0 => format!("{}({one})", c.of(&["not ", "!"])),
        1 => format!("({one})"),
        _ => format!(
            "{one} {} {}",
            c.of(&["and", "&&", "or", "||", "^^", "xor"]),
            any_filter(c, depth - 1)
        ),
    }
}

#[test]
fn a_printed_tree_reads_back_as_itself() {
    let mut chance = Chance(0x9e37_79b9_7f4a_7c15);
    for _ in 0..4000 {
        let text = any_filter(&mut chance, 4);
        let tree = match parse(&text) {
            Ok(Some(tree)) => tree,
            other => panic!("{text}: {other:?}"),
        };
        let printed = tree.to_string();
        assert_eq!(parse(&printed), Ok(Some(tree)), "{text}\n{printed}");
    }
}

#[test]
fn any_bytes_at_all_are_read_without_panic() {
    let mut chance = Chance(42);
    let registry = registry();
    let tree = tree();
    for _ in 0..4000 {
        let mut text: Vec<char> = any_filter(&mut chance, 3).chars().collect();
        for _ in 0..=chance.below(4) {
            let at = chance.below(text.len().max(1)).min(text.len());
            match chance.below(3) {
                0 if at < text.len() => {
                    text.remove(at);
                }
                1 => text.insert(
                    at,
                    chance
                        .of(&[
                            "[", "]", "{", "\"", "\\", "é", "(", ":", ".", "$", "9", "\u{0}",
                        ])
                        .chars()
                        .next()
                        .unwrap_or('x'),
                ),
                _ => text.truncate(at.max(1)),
            }
        }
        let text: String = text.into_iter().collect();
        match compile(&text, &registry) {
            Ok(filter) => {
                filter.matches(&tree, FRAME);
            }
            Err(error) => {
                assert!(text.get(error.span.clone()).is_some(), "{text}: {error:?}");
                error.render(&text);
            }
        }
    }
}
