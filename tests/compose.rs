//! Filters made from what is shown: every one must be a filter, and must pass the packet that it was made from.

use std::collections::BTreeSet;

use wireglass::dissect::{Tree, Want};
use wireglass::filter::compile;
use wireglass::filter::compose::{Column, Conversation, Join, of_column, of_node};

use crate::support::{captures, open, package};

/// Frames of each capture that are looked at: enough to meet every protocol of it, few enough to be quick.
const FRAMES: u32 = 40;

#[test]
fn a_filter_made_from_a_value_passes_its_packet() {
    let mut wrong = BTreeSet::new();
    let mut made = 0;
    for name in captures() {
        let Some(session) = open(&package("captures").join(&name)) else {
            continue;
        };
        let registry = session.registry();
        let mut view = session.view();
        let mut tree = Tree::new();
        let mut tried = BTreeSet::new();
        for number in 1..=session.snapshot().len().min(FRAMES) {
            if view.dissect(number, None, Want::NODES, &mut tree).is_err() {
                continue;
            }
            let frame = view.bytes();
            for node in &tree.nodes {
                let Some(text) = of_node(&tree, frame, node) else {
                    assert!(
                        node.field.abbrev.is_empty()
                            || node.field.kind == wireglass::field::Kind::Text
                    );
                    continue;
                };
                if !tried.insert(text.clone()) {
                    continue;
                }
                made += 1;
                match compile(&text, registry) {
                    Err(error) => {
                        wrong.insert(format!("{name} {number}: {text}: {error}"));
                    }
                    Ok(filter) if !filter.matches(&tree, frame) => {
                        wrong.insert(format!("{name} {number}: {text}: does not pass"));
                    }
                    Ok(_) => {}
                }
            }
        }
    }
    assert!(made > 10_000, "only {made} filters were made");
    let some: Vec<_> = wrong.iter().take(40).cloned().collect();
    assert!(
        wrong.is_empty(),
        "{} wrong of {made}:\n{}",
        wrong.len(),
        some.join("\n")
    );
}

#[test]
fn columns_and_conversations_make_filters() {
    let session = open(&package("captures/http-keep-alive.pcap")).unwrap();
    let registry = session.registry();
    let mut view = session.view();
    let mut tree = Tree::new();
    view.dissect(4, None, Want::ALL, &mut tree).unwrap();
    let frame = view.bytes();
    let column = |column| of_column(registry, &tree, frame, column);
    assert_eq!(column(Column::Number).unwrap(), "frame.number == 4");
    assert_eq!(
        column(Column::Time).unwrap(),
        "frame.time_relative == 0.003725000"
    );
    assert_eq!(column(Column::Source).unwrap(), "ip.src == 192.0.2.1");
    assert_eq!(column(Column::Destination).unwrap(), "ip.dst == 192.0.2.2");
    assert_eq!(column(Column::Protocol).unwrap(), "http");
    assert_eq!(column(Column::Length).unwrap(), "frame.len == 139");
    assert_eq!(column(Column::Info), None);
    let of = |conversation: Conversation| conversation.filter(&tree, frame);
    assert_eq!(
        of(Conversation::Ethernet).unwrap(),
        "eth.addr == 02:00:00:00:00:02 and eth.addr == 02:00:00:00:00:01"
    );
    let addresses = "ip.addr == 192.0.2.1 and ip.addr == 192.0.2.2";
    assert_eq!(of(Conversation::Ipv4).unwrap(), addresses);
    assert_eq!(of(Conversation::Ipv6), None);
    let tcp = of(Conversation::Tcp).unwrap();
    assert_eq!(
        tcp,
        format!("({addresses}) and (tcp.port == 38366 and tcp.port == 80)")
    );
    assert_eq!(of(Conversation::Udp), None);
    let all = Join::AndNot.apply("http", &tcp);
    let filter = compile(&all, registry).unwrap();
    assert!(!filter.matches(&tree, frame));
}
