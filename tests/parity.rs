//! tshark is the yardstick for facts: which field, which value. Here its answers and ours are held against each other, for
//! each capture of `captures/`. Skipped with a printed reason where tshark is missing, or is another than Debian's 4.0.

use std::process::Command;

use crate::support::{captures, package, text, wireglass};

/// Fields that are asked for, of every layer.
const FIELDS: &[&str] = &[
    "frame.number",
    "frame.len",
    "frame.cap_len",
    "frame.time_epoch",
    "frame.protocols",
    "eth.src",
    "eth.dst",
    "eth.type",
    "vlan.id",
    "vlan.priority",
    "sll.pkttype",
    "null.type",
    "llc.dsap",
    "arp.opcode",
    "arp.src.proto_ipv4",
    "ip.src",
    "ip.dst",
    "ip.id",
    "ip.ttl",
    "ip.flags.mf",
    "ip.frag_offset",
    "ip.reassembled_in",
    "ip.opt.type",
    "ipv6.src",
    "ipv6.dst",
    "ipv6.hlim",
    "ipv6.reassembled.in",
    "icmp.type",
    "icmp.code",
    "icmp.seq",
    "icmp.resp_in",
    "icmp.resp_to",
    "icmpv6.type",
    "icmpv6.nd.ns.target_address",
    "icmpv6.opt.type",
    "igmp.type",
    "udp.srcport",
    "udp.length",
    "udp.stream",
    "tcp.srcport",
    "tcp.stream",
    "tcp.seq",
    "tcp.ack",
    "tcp.len",
    "tcp.flags.str",
    "tcp.window_size",
    "tcp.options.mss_val",
    "tcp.analysis.retransmission",
    "tcp.analysis.duplicate_ack_num",
    "tcp.analysis.zero_window",
    "tcp.analysis.acks_frame",
    "tcp.reassembled_in",
    "dns.id",
    "dns.qry.name",
    "dns.qry.type",
    "dns.resp.type",
    "dns.resp.ttl",
    "dns.a",
    "dns.aaaa",
    "dns.cname",
    "dns.flags.rcode",
    "dns.response_in",
    "dns.response_to",
    "ftp.request.command",
    "ftp.request.arg",
    "ftp.response.code",
    "ftp.passive.port",
    "ftp.active.port",
    "ftp.epsv.port",
    "ftp.eprt.port",
    "ftp.current-working-directory",
    "ftp.command-frame",
    "ftp.command-response.bytes",
    "ftp-data.setup-frame",
    "ftp-data.setup-method",
    "ftp-data.command",
    "ftp-data.current-working-directory",
    "http.request.method",
    "http.request.uri",
    "http.host",
    "http.response.code",
    "http.content_length",
    "http.content_encoding",
    "http.request_in",
    "http.response_in",
    "http.chunk_size",
    "snmp.version",
    "snmp.community",
    "snmp.request_id",
    "snmp.error_status",
    "snmp.name",
    "snmp.value.octets",
    "snmp.value.timeticks",
    "snmp.msgUserName",
    "snmp.msgAuthoritativeEngineID",
    "snmp.encryptedPDU",
    "snmp.response_in",
    "snmp.response_to",
    "data.len",
    "pop.request.command",
    "pop.request.parameter",
    "pop.response.indicator",
    "pop.response.description",
    "pop.data.fragment",
    "pop.data.reassembled.in",
    "imap.line",
    "imap.tag",
    "imap.command",
    "imap.request.folder",
    "imap.request.username",
    "imap.response.status",
    "imap.response_in",
    "imap.response_to",
    "telnet.cmd",
    "telnet.subcmd",
    "telnet.naws_subopt.width",
    "telnet.string_subopt.value",
    "telnet.data",
    "json.key",
    "xml.tag",
    "urlencoded-form.key",
];

/// Captures of which fewer cells agree, and why: (file, percent of cells, percent of rows).
const LESS: &[(&str, f64, f64)] = &[
    // tshark guesses at another variant of the format, and reads frames that are not there.
    ("damaged/impossible-length.pcap", 0.0, 0.0),
    // What tshark computes of a Client Hello for telling programs apart (JA3) is missing.
    ("tls-hello.pcap", 95.0, 98.0),
    // tshark does not look for FTP on other ports than its own.
    ("ftp-port.pcap", 82.0, 50.0),
    // tshark lists DHCP twice in `frame.protocols` where it reads the options of an overloaded field.
    ("dhcp-options.pcap", 99.3, 98.0),
    // tshark lists IGMP twice in `frame.protocols`.
    ("igmp.pcap", 93.0, 99.0),
    ("igmp-query.pcap", 93.0, 93.0),
    // What LLC's TEST command carries is no SNAP header to us.
    ("llc.pcap", 96.0, 90.0),
    // The mail in a literal is plain data as long as nobody reads mail.
    ("imap.pcap", 99.0, 90.0),
    ("imap-stacked.pcap", 99.0, 90.0),
    ("imap-more.pcap", 99.0, 95.0),
    ("pop3.pcap", 99.0, 93.0),
    // The texts' own protocols are plain data to tshark.
    ("tcp-chat.pcap", 96.0, 60.0),
    ("tcp-echo.pcap", 97.0, 75.0),
    ("tcp-framing.pcap", 96.0, 70.0),
    ("tcp-sum.pcap", 95.0, 50.0),
    ("tcp-time.pcap", 97.0, 70.0),
    // A chain of protocols ends with that of the cut.
    ("formats/blocks.pcapng", 94.0, 99.0),
    // tshark counts a conversation anew where SNMP asks for its own: other stream numbers.
    ("snmp-events.pcap", 95.0, 99.0),
    ("snmp-get.pcap", 91.0, 99.0),
    ("snmp-tcp.pcap", 88.0, 95.0),
    ("snmp-v3.pcap", 88.0, 99.0),
    ("snmp-walk.pcap", 93.0, 99.0),
    // The Lab's recordings of what these are about: the texts' own programs, and tshark's own numbers for streams under SNMP.
    ("lab/snmp-get.pcapng", 94.0, 99.0),
    ("lab/snmp-v3.pcapng", 90.0, 99.0),
    ("lab/snmp-walk.pcapng", 93.0, 99.0),
    ("lab/tcp-chat.pcapng", 97.0, 90.0),
    ("lab/tcp-echo.pcapng", 97.0, 90.0),
    ("lab/tcp-framing.pcapng", 96.0, 89.0),
    ("lab/tcp-sum.pcapng", 95.0, 80.0),
    ("lab/tcp-time.pcapng", 97.0, 89.0),
    // tshark reads heads of HTTP of which the end is missing.
    ("snap-length.pcap", 97.0, 90.0),
    // The spanning tree protocol is not dissected.
    ("stp.pcap", 77.0, 60.0),
];

/// tshark, if it is the one we measure ourselves by.
fn tshark() -> Option<Command> {
    let Ok(version) = Command::new("tshark").arg("--version").output() else {
        println!("skipped: tshark is not installed");
        return None;
    };
    let version = text(&version.stdout)
        .lines()
        .next()
        .unwrap_or("")
        .to_owned();
    if !version.contains(" 4.0.") {
        println!("skipped: {version} is not the version that facts were taken from (4.0)");
        return None;
    }
    let mut command = Command::new("tshark");
    // Nobody's own settings.
    command
        .env("XDG_CONFIG_HOME", "/nonexistent")
        .env("HOME", "/nonexistent")
        .env("TZ", "UTC")
        .env("LC_ALL", "C.UTF-8")
        .current_dir(package("captures"));
    Some(command)
}

/// How many cells are equal, how many there are; what differs is appended.
fn compare(
    capture: &str,
    names: &[&str],
    theirs: &str,
    ours: &str,
    wrong: &mut Vec<String>,
) -> (usize, usize) {
    let (mut same, mut all) = (0, 0);
    let rows = theirs.lines().count().max(ours.lines().count());
    let mut lines = (theirs.lines(), ours.lines());
    for row in 1..=rows {
        let [theirs, ours] = [lines.0.next(), lines.1.next()].map(|l| l.unwrap_or(""));
        let mut cells = (theirs.split('\t'), ours.split('\t'));
        for name in names {
            let [a, b] = [cells.0.next(), cells.1.next()].map(|c| c.unwrap_or(""));
            if a.is_empty() && b.is_empty() {
                continue;
            }
            all += 1;
            if a == b {
                same += 1;
            } else {
                wrong.push(format!(
                    "{capture} frame {row} {name}\n  tshark: {a}\n  ours:   {b}"
                ));
            }
        }
    }
    (same, all)
}

/// Ask both for these columns.
fn ask(capture: &str, names: &[&str]) -> Option<(String, String)> {
    let mut arguments = vec!["-T", "fields"];
    for name in names {
        arguments.extend(["-e", name]);
    }
    let theirs = tshark()?
        .args(["-n", "-2", "-r", capture])
        .args(&arguments)
        .output()
        .unwrap();
    let mut own = vec!["read", capture];
    own.extend(&arguments);
    let ours = wireglass(&own);
    Some((
        text(&theirs.stdout).to_owned(),
        text(&ours.stdout).to_owned(),
    ))
}

fn percent((same, all): (usize, usize)) -> f64 {
    if all == 0 {
        100.0
    } else {
        same as f64 * 100.0 / all as f64
    }
}

/// Hold all captures against tshark. `which` picks the threshold out of a row of [`LESS`].
fn parity(names: &[&str], which: fn(&(&str, f64, f64)) -> f64, least: f64) {
    if tshark().is_none() {
        return;
    }
    let known: Vec<&str> = names
        .iter()
        .copied()
        .filter(|name| {
            name.starts_with("_ws.col.")
                || wireglass(&["read", "ping.pcap", "-c", "0", "-T", "fields", "-e", name])
                    .status
                    .success()
        })
        .collect();
    for name in names.iter().filter(|n| !known.contains(n)) {
        println!("{name}: no such field here yet");
    }
    let mut low = Vec::new();
    let (mut same, mut all) = (0, 0);
    for capture in captures() {
        let Some((theirs, ours)) = ask(&capture, &known) else {
            return;
        };
        let mut wrong = Vec::new();
        let result = compare(&capture, &known, &theirs, &ours, &mut wrong);
        let least = LESS.iter().find(|l| l.0 == capture).map_or(least, which);
        println!("{capture}: {:.2} % of {}", percent(result), result.1);
        for line in wrong.iter().take(4) {
            println!("{line}");
        }
        if percent(result) < least {
            low.push(format!(
                "{capture}: {:.2} %, at least {least} %; first:\n{}",
                percent(result),
                wrong[0]
            ));
        }
        same += result.0;
        all += result.1;
    }
    println!("all: {:.3} % of {all}", percent((same, all)));
    assert!(low.is_empty(), "{}", low.join("\n"));
}

#[test]
fn fields_agree_with_tshark() {
    parity(FIELDS, |l| l.1, 99.5);
}

#[test]
fn the_list_agrees_with_tshark() {
    parity(
        &[
            "_ws.col.No.",
            "_ws.col.Source",
            "_ws.col.Destination",
            "_ws.col.Protocol",
            "_ws.col.Info",
        ],
        |l| l.2,
        99.0,
    );
}
