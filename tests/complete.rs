//! Completion while a filter is typed, the changes that are proposed for refused filters, and macros, with all protocols.

use std::time::Instant;

use wireglass::filter::complete::{Completion, MOST, What, complete};
use wireglass::filter::{Macros, compile, compile_using};

use crate::support::registry;

/// Proposals for a text in which `|` is the caret.
fn at(text: &str, asked: bool) -> (String, Completion) {
    let caret = text.find('|').expect("a caret");
    let text = text.replace('|', "");
    let macros = Macros::new([("web".to_owned(), "tcp.port in {80, 443}".to_owned())]);
    let completion = complete(&text, caret, registry(), &macros, asked);
    (text, completion)
}

fn texts(text: &str) -> Vec<String> {
    let (_, completion) = at(text, false);
    completion.proposals.into_iter().map(|p| p.text).collect()
}

/// What the text becomes when the proposal `wanted` is taken, the caret as `|`.
fn taken(text: &str, wanted: &str) -> String {
    let (text, completion) = at(text, true);
    let proposal = completion
        .proposals
        .iter()
        .find(|p| p.text == wanted)
        .unwrap_or_else(|| panic!("{text}: no {wanted} in {:?}", completion.proposals));
    let (mut text, caret) = completion.accept(&text, proposal);
    text.insert(caret, '|');
    text
}

#[test]
fn names_are_proposed_where_names_may_stand() {
    assert_eq!(texts("tc|")[..2], ["tcp", "tcp.ack"]);
    // The protocol first, then its fields by their parts.
    let flags = texts("tcp.flags|");
    assert_eq!(flags[0], "tcp.flags");
    let own = flags
        .iter()
        .take_while(|t| t.starts_with("tcp.flags"))
        .count();
    assert!(own > 9, "{flags:?}");
    // Then what has the word within.
    assert_eq!(flags[own], "tcp.options.mptcp.flags");
    for text in [
        "dns and udp.le|",
        "(udp.le|",
        "!udp.le|",
        "len(udp.le|",
        "any udp.le|",
        "dns and @udp.le|",
    ] {
        assert_eq!(
            texts(text),
            ["udp.length", "udp.length.bad", "udp.length.bad_zero"],
            "{text}"
        );
    }
    // By a word of the label too, but behind those whose name fits.
    let window = texts("window|");
    assert!(
        window.contains(&"tcp.window_size_value".to_owned()),
        "{window:?}"
    );
    assert_eq!(
        taken("dns and udp.le| == 8", "udp.length"),
        "dns and udp.length| == 8"
    );
    // The whole word is replaced, also what stands behind the caret.
    assert_eq!(taken("udp.le|xx == 8", "udp.length"), "udp.length| == 8");
    assert_eq!(
        texts("dns == ${udp.le|"),
        ["udp.length", "udp.length.bad", "udp.length.bad_zero"]
    );
    assert_eq!(texts("lo|").iter().filter(|t| *t == "lower(").count(), 1);
    assert_eq!(texts("dns or $w|"), ["web("]);
    assert!(texts("port|").contains(&"port".to_owned()));
}

#[test]
fn nothing_is_proposed_where_nothing_is_known() {
    for text in [
        "|",
        "tcp.port == |",
        "tcp.port == 8|",
        "http.host == \"a|",
        "http.host contains a|",
        "udp.length.bad_zero|",
        "ip.addr[0|",
        "\"dns\" tc|",
    ] {
        assert_eq!(texts(text), [""; 0], "{text}");
    }
}

#[test]
fn values_are_proposed_by_name_and_number() {
    assert_eq!(texts("arp.opcode == req|")[0], "\"request\"");
    assert_eq!(
        taken("arp.opcode == \"rep|", "\"reply\""),
        "arp.opcode == \"reply\"|"
    );
    assert_eq!(
        taken("tcp.flags.syn == |", "True"),
        "tcp.flags.syn == True|"
    );
    assert_eq!(
        taken("dns.qry.type in {1, |", "\"AAAA (IPv6 Address)\""),
        "dns.qry.type in {1, \"AAAA (IPv6 Address)\"|"
    );
    let (_, completion) = at("dns.qry.type == 28|", false);
    let proposal = &completion.proposals[0];
    assert_eq!(
        (proposal.detail.as_str(), proposal.what),
        ("28", What::Value)
    );
}

#[test]
fn operators_are_proposed_when_asked_for() {
    let (_, completion) = at("tcp.port |", true);
    let signs: Vec<&str> = completion
        .proposals
        .iter()
        .map(|p| p.text.as_str())
        .collect();
    assert!(
        signs.contains(&"in {") && !signs.contains(&"contains"),
        "{signs:?}"
    );
    let (_, completion) = at("http.host |", true);
    assert!(completion.proposals.iter().any(|p| p.text == "contains"));
    assert_eq!(texts("http.host con|"), ["contains"]);
}

/// Every value name that is proposed leads back to a filter.
#[test]
fn proposals_of_values_are_filters() {
    let mut tried = 0;
    for (name, fields) in registry().all_fields() {
        if name.is_empty() || !fields.iter().any(|f| f.kind.is_unsigned()) {
            continue;
        }
        let text = format!("{name} == ");
        let completion = complete(&text, text.len(), registry(), Macros::NONE, true);
        for proposal in completion.proposals.iter().take(5) {
            let (text, _) = completion.accept(&text, proposal);
            if let Err(error) = compile(&text, registry()) {
                panic!("{text}: {error}");
            }
            tried += 1;
        }
    }
    assert!(tried > 500, "only {tried}");
}

/// Not a test of speed: what is typed is completed between two pictures, so a second would be a mistake in the making.
#[test]
fn any_text_and_caret_can_be_completed() {
    let begin = Instant::now();
    let texts = [
        "dns.qry.name == \"ä\" && tcp.port in {80..",
        "$web(${ip.src",
        "\\\"\\",
        "«ip»",
        ")]}{[(",
    ];
    for text in texts {
        for caret in 0..=text.len() + 2 {
            for asked in [false, true] {
                let completion = complete(text, caret, registry(), Macros::NONE, asked);
                assert!(completion.proposals.len() <= MOST);
                for proposal in completion.proposals.iter().take(1) {
                    completion.accept(text, proposal);
                }
            }
        }
    }
    assert!(begin.elapsed().as_secs() < 60);
}

#[test]
fn a_refused_filter_has_a_change_that_makes_it_one() {
    for (text, expected) in [
        ("tcp.prot == 80", "tcp.port == 80"),
        (".tcp.prot == 80", ".tcp.port == 80"),
        ("ip.adr", "ip.addr"),
        ("tcp.port = 80", "tcp.port == 80"),
        ("tcp.port == 80 or 443", "tcp.port in {80, 443}"),
        (
            "dns and (tcp.port == 80 or 443)",
            "dns and (tcp.port in {80, 443})",
        ),
        ("tcp.port = 80 or 443", "tcp.port in {80, 443}"),
        ("tcp | dns", "tcp || dns"),
        ("tcp AND dns", "tcp and dns"),
        ("tcp.port ≠ 80", "tcp.port != 80"),
        ("http.host == “a.b”", "http.host == \"a.b\""),
        ("tcp.port == \"80\"", "tcp.port == 80"),
        ("ip.addr == 10.0", "ip.addr == 10.0.0.0/16"),
        ("http.host matches a", "http.host matches \"a\""),
        ("tcp.port == ${tcp.scrport}", "tcp.port == ${tcp.srcport}"),
        ("tcp.port == $tcp.scrport", "tcp.port == $tcp.srcport"),
    ] {
        let error = compile(text, registry()).expect_err(text);
        let fix = error
            .fix
            .clone()
            .unwrap_or_else(|| panic!("{text}: {error}: no change"));
        let fixed = fix.apply(text);
        assert_eq!(fixed, expected);
        if let Err(error) = compile(&fixed, registry()) {
            panic!("{fixed}: {error}");
        }
    }
    let doubtful = compile("ip.addr != 10.0.0.1", registry()).unwrap();
    let fix = doubtful.doubts()[0].fix.clone().unwrap();
    assert_eq!(fix.apply("ip.addr != 10.0.0.1"), "!(ip.addr == 10.0.0.1)");
}

#[test]
fn macros_are_part_of_filters() {
    let macros = Macros::new(
        [
            ("web", "tcp.port in {80, $1}"),
            ("wrong", "tcp.prot == 80"),
            ("differs", "ip.addr != $1"),
        ]
        .map(|(n, t)| (n.to_owned(), t.to_owned())),
    );
    let using = |text: &str| compile_using(text, registry(), None, &macros);
    let filter = using("dns or $web(443)").unwrap();
    assert_eq!(filter.text(), "dns or $web(443)");
    assert_eq!(filter.touches().names, ["dns", "tcp.port"]);
    let error = using("dns or $wrong").unwrap_err();
    assert_eq!((error.span, error.fix), (7..13, None));
    let error = using("$web(443) or ip.adr").unwrap_err();
    assert_eq!(error.span, 13..19);
    assert_eq!(
        using("$differs(10.0.0.1) and dns").unwrap().doubts()[0].span,
        0..18
    );
    assert!(compile("$web(1)", registry()).is_err());
}

/// The settings of the user are those of the window: a macro made there works here.
#[test]
#[cfg(target_os = "linux")]
fn macros_of_the_settings_are_known_to_the_command_line() {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join("wireglass")).unwrap();
    std::fs::write(
        home.path().join("wireglass/settings"),
        "[filter macros]\nbegins = tcp.flags.syn == $1\n",
    )
    .unwrap();
    let read = |filter: &str| {
        std::process::Command::new(env!("CARGO_BIN_EXE_wireglass"))
            .args([
                "read",
                "http-keep-alive.pcap",
                "-T",
                "fields",
                "-e",
                "frame.number",
                "-Y",
            ])
            .arg(filter)
            .current_dir(crate::support::package("captures"))
            .env("XDG_CONFIG_HOME", home.path())
            .output()
            .unwrap()
    };
    let found = read("$begins(1)");
    assert_eq!(String::from_utf8_lossy(&found.stdout), "1\n2\n");
    let refused = read("dns or $ends(1)");
    assert_eq!(refused.status.code(), Some(2));
    let message = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(
        message.contains("There is no macro \"ends\"") && message.contains("       ^~~~~~~~"),
        "{message}"
    );
}
