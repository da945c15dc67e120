//! What well-known libraries read, we read alike: libpcap the frames, etherparse the headers, dns-parser the names.
//!
//! The dissectors do not stand on these (they need places, partial results and fields that the libraries do not give), so the
//! libraries serve as independent witnesses.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use etherparse::{NetSlice, SlicedPacket, TransportSlice};
use wireglass::dissect::{Options, Tree, Value, Want};
use wireglass::session::{Session, View};

/// The captures of this project.
fn captures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("captures");
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("captures/")
        .filter_map(|entry| entry.ok().map(|e| e.path()))
        .filter(|path| path.extension().is_some_and(|e| e == "pcap"))
        .collect();
    files.sort();
    assert!(files.len() > 20, "the captures are there");
    files
}

fn open(path: &Path) -> View {
    let registry = Arc::new(wireglass::protocols::registry());
    let session = Session::open(path, registry, Options::default(), Arc::new(|| {}))
        .expect("the capture opens");
    let session = Arc::new(session);
    session.wait();
    session.view()
}

/// The first value of a field, by filter name.
fn value(view: &View, tree: &Tree, name: &str) -> Option<Value> {
    let fields = view.session().registry().fields_named(name);
    let node = tree
        .nodes
        .iter()
        .find(|n| fields.iter().any(|f| std::ptr::eq(*f, n.field)))?;
    Some(node.value)
}

#[test]
fn frames_are_those_that_libpcap_reads() {
    let mut frames = 0;
    for path in captures() {
        let mut view = open(&path);
        let mut libpcap = pcap::Capture::from_file(&path).expect("libpcap opens it");
        let mut number = 0;
        while let Ok(packet) = libpcap.next_packet() {
            number += 1;
            let meta = view
                .meta(number)
                .unwrap_or_else(|| panic!("{path:?}: frame {number}"));
            view.read(&meta).expect("the frame can be read");
            assert_eq!(view.bytes(), packet.data, "{path:?}: frame {number}");
            assert_eq!(meta.original, packet.header.len, "{path:?}: frame {number}");
            // libpcap gives microseconds, cut, where the file has nanoseconds.
            let micros = packet.header.ts.tv_sec * 1_000_000 + packet.header.ts.tv_usec;
            assert_eq!(meta.time_ns / 1000, micros, "{path:?}: frame {number}");
        }
        assert_eq!(view.len(), number, "{path:?}");
        frames += number;
    }
    assert!(frames > 500, "{frames} frames were compared");
}

#[test]
fn addresses_and_ports_are_those_that_etherparse_finds() {
    let mut compared = 0;
    for path in captures() {
        let mut view = open(&path);
        if view.interfaces().first().is_none_or(|i| i.link_type != 1) {
            continue;
        }
        let mut tree = Tree::new();
        for number in 1..=view.len() {
            view.dissect(number, None, Want::NODES, &mut tree)
                .expect("readable");
            let bytes = view.bytes().to_vec();
            let Ok(sliced) = SlicedPacket::from_ethernet(&bytes) else {
                continue;
            };
            let place = format!("{path:?}: frame {number}");
            let fragment = match &sliced.net {
                Some(NetSlice::Ipv4(ip)) => {
                    let header = ip.header();
                    assert_eq!(
                        value(&view, &tree, "ip.src"),
                        Some(Value::Ipv4(header.source())),
                        "{place}"
                    );
                    assert_eq!(
                        value(&view, &tree, "ip.dst"),
                        Some(Value::Ipv4(header.destination())),
                        "{place}"
                    );
                    assert_eq!(
                        value(&view, &tree, "ip.ttl"),
                        Some(Value::U(header.ttl().into())),
                        "{place}"
                    );
                    assert_eq!(
                        value(&view, &tree, "ip.len"),
                        Some(Value::U(header.total_len().into())),
                        "{place}"
                    );
                    compared += 1;
                    header.is_fragmenting_payload()
                }
                Some(NetSlice::Ipv6(ip)) => {
                    let header = ip.header();
                    assert_eq!(
                        value(&view, &tree, "ipv6.src"),
                        Some(Value::Ipv6(header.source())),
                        "{place}"
                    );
                    assert_eq!(
                        value(&view, &tree, "ipv6.dst"),
                        Some(Value::Ipv6(header.destination())),
                        "{place}"
                    );
                    compared += 1;
                    ip.is_payload_fragmented()
                }
                _ => continue,
            };
            if fragment {
                continue;
            }
            match &sliced.transport {
                Some(TransportSlice::Tcp(tcp)) => {
                    let raw = value(&view, &tree, "tcp.seq_raw");
                    assert_eq!(raw, Some(Value::U(tcp.sequence_number().into())), "{place}");
                    let port = value(&view, &tree, "tcp.srcport");
                    assert_eq!(port, Some(Value::U(tcp.source_port().into())), "{place}");
                }
                Some(TransportSlice::Udp(udp)) => {
                    let port = value(&view, &tree, "udp.dstport");
                    assert_eq!(
                        port,
                        Some(Value::U(udp.destination_port().into())),
                        "{place}"
                    );
                }
                _ => {}
            }
        }
    }
    assert!(compared > 300, "{compared} headers were compared");
}

#[test]
fn questions_are_those_that_dns_parser_reads() {
    let mut compared = 0;
    for path in captures() {
        let mut view = open(&path);
        let names = view
            .session()
            .registry()
            .fields_named("dns.qry.name")
            .to_vec();
        let mut tree = Tree::new();
        for number in 1..=view.len() {
            view.dissect(number, None, Want::NODES, &mut tree)
                .expect("readable");
            let bytes = view.bytes().to_vec();
            let Ok(sliced) = SlicedPacket::from_ethernet(&bytes) else {
                continue;
            };
            let Some(TransportSlice::Udp(udp)) = &sliced.transport else {
                continue;
            };
            if udp.source_port() != 53 && udp.destination_port() != 53 {
                continue;
            }
            // dns-parser refuses messages with record types that it does not know; those have no witness here.
            let Ok(message) = dns_parser::Packet::parse(udp.payload()) else {
                continue;
            };
            let theirs: Vec<String> = message
                .questions
                .iter()
                .map(|q| q.qname.to_string())
                .collect();
            let ours: Vec<String> = tree
                .nodes
                .iter()
                .filter(|n| names.iter().any(|f| std::ptr::eq(*f, n.field)))
                .map(|n| String::from_utf8_lossy(tree.value_bytes(&bytes, n)).into_owned())
                .collect();
            assert_eq!(ours, theirs, "{path:?}: frame {number}");
            compared += 1;
        }
    }
    assert!(compared > 10, "{compared} messages were compared");
}
