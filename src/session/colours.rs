//! Colour rules: display filters in an order; the first that a packet passes gives it its colour.

use super::settings::Settings;
use crate::dissect::{Registry, Tree};
use crate::filter::{Filter, FilterError, Macros, compile_using};

/// The section of the settings.
const SECTION: &str = "colour rules";
/// More rules than this are not taken from the settings.
const LIMIT: usize = 500;

/// A colour by name; what it looks like is the window's business, and differs between dark and light. They are told apart by
/// lightness as well as by hue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hue {
    /// Neither this nor that.
    Grey,
    /// Blue.
    Blue,
    /// Blue green.
    Teal,
    /// Green.
    Green,
    /// Yellow brown.
    Gold,
    /// Brown.
    Ochre,
    /// Orange.
    Orange,
    /// Red: trouble.
    Red,
    /// Pink.
    Pink,
    /// Purple.
    Purple,
    /// Grey blue.
    Slate,
}

impl Hue {
    /// All of them.
    pub const ALL: [Hue; 11] = [
        Hue::Blue,
        Hue::Teal,
        Hue::Green,
        Hue::Gold,
        Hue::Ochre,
        Hue::Orange,
        Hue::Red,
        Hue::Pink,
        Hue::Purple,
        Hue::Slate,
        Hue::Grey,
    ];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Hue::Grey => "Grey",
            Hue::Blue => "Blue",
            Hue::Teal => "Teal",
            Hue::Green => "Green",
            Hue::Gold => "Gold",
            Hue::Ochre => "Ochre",
            Hue::Orange => "Orange",
            Hue::Red => "Red",
            Hue::Pink => "Pink",
            Hue::Purple => "Purple",
            Hue::Slate => "Slate",
        }
    }

    fn named(name: &str) -> Option<Hue> {
        Hue::ALL.into_iter().find(|h| h.name() == name)
    }
}

/// How much of a line is coloured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reach {
    /// The stripe and the protocol's name: quiet.
    Word,
    /// Every word of the line.
    Line,
    /// The ground of the line as well.
    Ground,
}

impl Reach {
    /// All of them.
    pub const ALL: [Reach; 3] = [Reach::Word, Reach::Line, Reach::Ground];

    /// Its name.
    pub const fn name(self) -> &'static str {
        match self {
            Reach::Word => "Protocol",
            Reach::Line => "Whole line",
            Reach::Ground => "Ground",
        }
    }

    fn named(name: &str) -> Option<Reach> {
        Reach::ALL.into_iter().find(|r| r.name() == name)
    }
}

/// What a rule gives a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Paint {
    /// The colour.
    pub hue: Hue,
    /// How much of the line.
    pub reach: Reach,
}

/// A colour rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ColourRule {
    /// What it is for.
    pub name: String,
    /// Who gets the colour.
    pub filter: String,
    /// The colour.
    pub paint: Paint,
    /// Whether it is used.
    pub on: bool,
}

/// The rules that are there at first: trouble colours its whole line, protocols a stripe and their name.
pub fn built_in() -> Vec<ColourRule> {
    let rule = |name: &str, filter: &str, hue, reach| ColourRule {
        name: name.to_owned(),
        filter: filter.to_owned(),
        paint: Paint { hue, reach },
        on: true,
    };
    let (word, line) = (Reach::Word, Reach::Line);
    vec![
        rule(
            "TCP trouble",
            "tcp.analysis.flags and not tcp.analysis.window_update \
             and not tcp.analysis.keep_alive and not tcp.analysis.keep_alive_ack",
            Hue::Red,
            line,
        ),
        rule("TCP reset", "tcp.flags.reset == 1", Hue::Orange, line),
        rule(
            "ICMP errors",
            "icmp.type in {3, 4, 5, 11, 12} or icmpv6.type in {1..4}",
            Hue::Orange,
            line,
        ),
        rule("ARP", "arp", Hue::Ochre, word),
        rule("ICMP and IGMP", "icmp or icmpv6 or igmp", Hue::Purple, word),
        rule("Names", "dns or mdns or llmnr or nbns", Hue::Teal, word),
        rule("HTTP", "http", Hue::Blue, word),
        rule("TLS", "tls", Hue::Gold, word),
        rule("Mail", "smtp or imap or pop", Hue::Pink, word),
        rule(
            "Files and logins",
            "ftp or ftp-data or telnet",
            Hue::Green,
            word,
        ),
        rule("UDP", "udp", Hue::Slate, word),
    ]
}

/// The rules of the settings, or the built-in ones.
pub fn load(settings: &Settings) -> Vec<ColourRule> {
    let lines = settings.lines(SECTION);
    if lines.is_empty() {
        return built_in();
    }
    let rules = lines.iter().take(LIMIT);
    rules.filter_map(|line| read(line)).collect()
}

/// Keep the rules.
pub fn store(rules: &[ColourRule], settings: &mut Settings) {
    // Whoever wants no colours has a list without rules, which is not the same as no list.
    let mut lines: Vec<String> = rules.iter().map(line).collect();
    if lines.is_empty() {
        lines.push("none".to_owned());
    }
    if rules == built_in() {
        lines.clear();
    }
    settings.set(SECTION, lines);
}

/// `on | Red | Whole line | TCP trouble | tcp.analysis.flags`
fn line(rule: &ColourRule) -> String {
    format!(
        "{} | {} | {} | {} | {}",
        if rule.on { "on" } else { "off" },
        rule.paint.hue.name(),
        rule.paint.reach.name(),
        rule.name.replace('|', "/"),
        rule.filter
    )
}

fn read(line: &str) -> Option<ColourRule> {
    let mut parts = line.splitn(5, " | ");
    let on = parts.next()? == "on";
    let hue = Hue::named(parts.next()?)?;
    let reach = Reach::named(parts.next()?)?;
    Some(ColourRule {
        name: parts.next()?.to_owned(),
        filter: parts.next()?.to_owned(),
        paint: Paint { hue, reach },
        on,
    })
}

/// Rules ready to be used, in their order.
#[derive(Clone, Debug, Default)]
pub struct Colours {
    rules: Vec<(Filter, Paint)>,
}

impl Colours {
    /// Make them of the rules that are on. Those whose filter is none are left out, and told by their place.
    pub fn new<'a>(
        rules: impl IntoIterator<Item = &'a ColourRule>,
        registry: &Registry,
        macros: &Macros,
    ) -> (Colours, Vec<(usize, FilterError)>) {
        let (mut colours, mut errors) = (Colours::default(), Vec::new());
        for (i, rule) in rules.into_iter().enumerate() {
            if !rule.on || rule.filter.trim().is_empty() {
                continue;
            }
            match compile_using(&rule.filter, registry, None, macros) {
                Ok(filter) => colours.rules.push((filter, rule.paint)),
                Err(error) => errors.push((i, error)),
            }
        }
        (colours, errors)
    }

    /// What the first rule gives that this frame passes.
    pub fn of(&self, tree: &Tree, frame: &[u8]) -> Option<Paint> {
        let found = self.rules.iter().find(|(f, _)| f.matches(tree, frame));
        found.map(|(_, paint)| *paint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_rules_are_filters() {
        let registry = crate::protocols::registry();
        let rules = built_in();
        let (colours, errors) = Colours::new(&rules, &registry, Macros::NONE);
        assert!(errors.is_empty(), "{errors:?}");
        assert_eq!(colours.rules.len(), rules.len());
    }

    #[test]
    fn rules_are_kept_in_the_settings() {
        let mut settings = Settings::in_memory();
        assert_eq!(load(&settings), built_in());
        let mut rules = built_in();
        rules.reverse();
        rules[0].on = false;
        rules[1].filter = "tcp.port == 1 || udp | tcp".into();
        store(&rules, &mut settings);
        assert_eq!(load(&settings), rules);
        store(&[], &mut settings);
        assert_eq!(load(&settings), []);
        store(&built_in(), &mut settings);
        assert_eq!(load(&settings), built_in());
    }

    #[test]
    fn a_rule_that_is_no_filter_is_told_and_the_others_stay() {
        let registry = crate::protocols::registry();
        let mut rules = built_in();
        rules[1].filter = "tcp.prot == 1".into();
        let (colours, errors) = Colours::new(&rules, &registry, Macros::NONE);
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].0, 1);
        assert_eq!(colours.rules.len(), rules.len() - 1);
    }
}
