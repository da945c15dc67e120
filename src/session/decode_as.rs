//! "Decode as": the user says who shall read what comes under a port, an EtherType or another number.
//!
//! A rule is written as tshark has it, `tcp.port==2525,smtp`: a layer type, two equals signs, a number, a comma, the filter name of
//! the protocol. In place of one number there may be a range (`8000-8010`), a first number and how many (`8000:11`), or several of
//! these with commas between them. Numbers may be hexadecimal (`0x88b5`).

use std::fmt::Write as _;

use crate::dissect::{DecodeAs, Protocol, Registry, Table};
use crate::filter::suggest::nearest_of;

/// The rules that a text stands for: one for each number or range in it. The error is a sentence for the person.
pub fn parse(text: &str, registry: &Registry) -> Result<Vec<DecodeAs>, String> {
    let form =
        || format!("{text:?} is no rule for decoding; it would look like \"tcp.port==2525,smtp\"");
    let (layer, rest) = text.split_once("==").ok_or_else(form)?;
    let table = table(layer.trim())?;
    let (selector, name) = rest.rsplit_once(',').ok_or_else(form)?;
    let protocol = protocol(name.trim(), table, registry)?;
    let keys = selector.split(',').map(|part| keys(part.trim(), table));
    keys.map(|keys| {
        keys.map(|keys| DecodeAs {
            table,
            keys,
            protocol,
        })
    })
    .collect()
}

/// The rules of several texts, in their order.
pub fn parse_all(texts: &[String], registry: &Registry) -> Result<Vec<DecodeAs>, String> {
    let parsed: Result<Vec<_>, _> = texts.iter().map(|text| parse(text, registry)).collect();
    Ok(parsed?.concat())
}

/// A rule as [`parse`] reads it.
pub fn written(rule: &DecodeAs) -> String {
    let (table, protocol) = (rule.table.name(), rule.protocol.field.abbrev);
    match rule.keys {
        (a, b) if a == b => format!("{table}=={a},{protocol}"),
        (a, b) => format!("{table}=={a}-{b},{protocol}"),
    }
}

/// The protocols that can be chosen in a table, by their filter names.
pub fn choices(table: Table, registry: &Registry) -> Vec<&'static Protocol> {
    let protocols = registry.protocols().iter().copied();
    let mut found: Vec<_> = protocols.filter(|p| table.takes(p)).collect();
    found.sort_by_key(|p| p.field.abbrev);
    found
}

fn table(name: &str) -> Result<Table, String> {
    let tables = Table::NAMED.iter().copied();
    tables
        .clone()
        .find(|t| t.name().eq_ignore_ascii_case(name))
        .ok_or_else(|| {
            let names = tables.map(Table::name);
            let near = nearest_of(name, names.clone());
            unknown(
                format!("{name:?} is no layer type that can be decoded otherwise"),
                near,
                "Layer types",
                names,
            )
        })
}

fn protocol(name: &str, table: Table, registry: &Registry) -> Result<&'static Protocol, String> {
    let choices = choices(table, registry);
    let found = choices
        .iter()
        .copied()
        .find(|p| p.field.abbrev.eq_ignore_ascii_case(name));
    found.ok_or_else(|| {
        let names = choices.iter().map(|p| p.field.abbrev);
        let other = registry.protocol_named(&name.to_ascii_lowercase());
        let what = match other {
            Some(_) => format!("{name:?} is no protocol for {}", table.name()),
            None => format!("{name:?} is no protocol"),
        };
        let near = nearest_of(name, names.clone());
        let list = format!("Protocols for {}", table.name());
        unknown(what, near, &list, names)
    })
}

/// A sentence about a name that is not known, what it was meant to be perhaps, and what there is.
fn unknown<'a>(
    mut message: String,
    near: Option<&str>,
    title: &str,
    names: impl Iterator<Item = &'a str>,
) -> String {
    if let Some(near) = near {
        let _ = write!(message, "; did you mean {near:?}?");
    }
    let _ = write!(message, "\n{title}:");
    for name in names {
        let _ = write!(message, " {name}");
    }
    message
}

/// A number, a range or a count of them.
fn keys(text: &str, table: Table) -> Result<(u32, u32), String> {
    let number = |text: &str| {
        let text = text.trim();
        let hex = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
        match hex {
            Some(digits) => u32::from_str_radix(digits, 16).ok(),
            None => text.parse().ok(),
        }
    };
    let wrong = || format!("{text:?} is no number of {} and no range", table.name());
    let (first, last) = if let Some((first, count)) = text.split_once(':') {
        let (first, count) = (number(first), number(count).filter(|n| *n > 0));
        let first = first.ok_or_else(wrong)?;
        (first, first.saturating_add(count.ok_or_else(wrong)? - 1))
    } else if let Some((first, last)) = text.split_once('-') {
        let (first, last) = (number(first), number(last));
        (first.ok_or_else(wrong)?, last.ok_or_else(wrong)?)
    } else {
        let only = number(text).ok_or_else(wrong)?;
        (only, only)
    };
    if first > last {
        return Err(format!("the range {text:?} ends before it begins"));
    }
    if last > table.greatest() {
        return Err(format!(
            "{last} is too great for {}, which ends at {}",
            table.name(),
            table.greatest()
        ));
    }
    Ok((first, last))
}

#[cfg(test)]
mod tests {
    use super::{choices, parse, parse_all, written};
    use crate::dissect::Table;
    use crate::protocols::registry;

    /// The rules as they are written, or the first line of the message.
    fn read(text: &str) -> Result<Vec<String>, String> {
        match parse(text, &registry()) {
            Ok(rules) => Ok(rules.iter().map(written).collect()),
            Err(message) => Err(message.lines().next().unwrap_or("").to_owned()),
        }
    }

    #[test]
    fn numbers_ranges_and_lists() {
        for (text, rules) in [
            ("tcp.port==2121,ftp", &["tcp.port==2121,ftp"][..]),
            (" TCP.port == 0x849 , FTP", &["tcp.port==2121,ftp"]),
            ("tcp.port==8000-8010,http", &["tcp.port==8000-8010,http"]),
            ("udp.port==5300:3,dns", &["udp.port==5300-5302,dns"]),
            (
                "tcp.port==80,8000-8001,data",
                &["tcp.port==80,data", "tcp.port==8000-8001,data"],
            ),
            ("ethertype==0x88b5,ip", &["ethertype==34997,ip"]),
            ("ip.proto==253,udp", &["ip.proto==253,udp"]),
        ] {
            let expected: Vec<String> = rules.iter().map(ToString::to_string).collect();
            assert_eq!(read(text), Ok(expected), "{text}");
        }
    }

    #[test]
    fn what_is_wrong_is_told() {
        for (text, message) in [
            (
                "tcp.port=25,ftp",
                "\"tcp.port=25,ftp\" is no rule for decoding; it would look like \"tcp.port==2525,smtp\"",
            ),
            (
                "tcp.port==25",
                "\"tcp.port==25\" is no rule for decoding; it would look like \"tcp.port==2525,smtp\"",
            ),
            (
                "tcp.prt==25,ftp",
                "\"tcp.prt\" is no layer type that can be decoded otherwise; did you mean \"tcp.port\"?",
            ),
            (
                "tcp.port==25,ftpp",
                "\"ftpp\" is no protocol; did you mean \"ftp\"?",
            ),
            ("tcp.port==25,arp", "\"arp\" is no protocol for tcp.port"),
            (
                "tcp.port==1-a,ftp",
                "\"1-a\" is no number of tcp.port and no range",
            ),
            (
                "tcp.port==,ftp",
                "\"\" is no number of tcp.port and no range",
            ),
            (
                "tcp.port==9:0,ftp",
                "\"9:0\" is no number of tcp.port and no range",
            ),
            (
                "tcp.port==9-8,ftp",
                "the range \"9-8\" ends before it begins",
            ),
            (
                "tcp.port==65536,ftp",
                "65536 is too great for tcp.port, which ends at 65535",
            ),
            (
                "ip.proto==250:9,udp",
                "258 is too great for ip.proto, which ends at 255",
            ),
        ] {
            assert_eq!(read(text), Err(message.to_owned()), "{text}");
        }
        let message = parse("x==1,ftp", &registry()).unwrap_err();
        assert!(
            message.ends_with(
                "\nLayer types: ethertype ip.proto llc.dsap ppp.protocol tcp.port udp.port"
            ),
            "{message}"
        );
    }

    #[test]
    fn the_last_rule_for_a_key_holds_and_rules_replace_each_other() {
        let plain = registry();
        let texts = ["tcp.port==1-100,http", "tcp.port==21,data"].map(str::to_owned);
        let changed = plain.decoding_as(parse_all(&texts, &plain).unwrap());
        let name = |registry: &crate::dissect::Registry, port| {
            registry.find(Table::TcpPort, port).map(|p| p.field.abbrev)
        };
        assert_eq!(name(&plain, 21), Some("ftp"));
        assert_eq!(name(&changed, 21), Some("data"));
        assert_eq!(name(&changed, 22), Some("http"));
        assert_eq!(changed.rules().len(), 2);
        assert_eq!(name(&changed.decoding_as(Vec::new()), 21), Some("ftp"));
        // The user's port goes before one that is lower.
        let get = b"220 FTP server\r\n";
        let far = plain.decoding_as(parse("tcp.port==50000,ftp", &plain).unwrap());
        assert_eq!(
            far.tcp(50_000, 25, get).map(|p| p.field.abbrev),
            Some("ftp")
        );
    }

    #[test]
    fn only_who_can_read_there_can_be_chosen() {
        let registry = registry();
        let tcp: Vec<_> = choices(Table::TcpPort, &registry)
            .iter()
            .map(|p| p.field.abbrev)
            .collect();
        assert!(
            tcp.contains(&"http") && tcp.contains(&"data") && !tcp.contains(&"ssdp"),
            "{tcp:?}"
        );
        assert!(tcp.is_sorted());
        let ip: Vec<_> = choices(Table::IpProtocol, &registry)
            .iter()
            .map(|p| p.field.abbrev)
            .collect();
        assert!(ip.contains(&"tcp") && !ip.contains(&"http"), "{ip:?}");
    }
}
