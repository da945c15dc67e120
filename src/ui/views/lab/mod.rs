//! The Lab: the catalogue of exchanges, the page of each, and the lesson while one is played.

mod catalogue;
pub mod lesson;
mod page;

pub use catalogue::{Action, Catalogue, Input};

use egui::{Button, Color32, Response, RichText, Stroke, Ui, Vec2};

use crate::lab::{Choice, FAULT_NAMES, Fault, Faults, Loopback, Target};
use crate::session::lab::{Exchange, Way};
use crate::ui::theme::{Palette, words};

/// How an exchange is played, as the page has it.
#[derive(Clone, Debug, PartialEq)]
pub struct Setting {
    /// Over which wire.
    pub wire: WireKind,
    /// The host that is talked to, as typed.
    pub target: String,
    /// Where chance begins.
    pub seed: u64,
    /// The single event that goes wrong: its place in [`FAULT_NAMES`].
    pub fault: Option<usize>,
    /// The number that stands for N in its name.
    pub number: u32,
    /// Frames lost, percent. Likewise the others.
    pub loss: f64,
    /// Overtaken.
    pub late: f64,
    /// Doubled.
    pub twice: f64,
    /// Damaged.
    pub damaged: f64,
}

impl Default for Setting {
    fn default() -> Setting {
        Setting {
            wire: WireKind::default(),
            target: String::new(),
            seed: Choice::usual().seed,
            fault: None,
            number: 1,
            loss: 0.0,
            late: 0.0,
            twice: 0.0,
            damaged: 0.0,
        }
    }
}

/// Over which wire.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WireKind {
    /// One that exists in the program only.
    #[default]
    Simulated,
    /// 127.0.0.1.
    Loopback,
    /// ::1.
    Loopback6,
    /// The wire to a real host.
    Host,
}

impl WireKind {
    /// Why an exchange cannot be played over it; none if it can.
    pub fn refuses(self, exchange: &Exchange) -> Option<&'static str> {
        match self {
            WireKind::Simulated => None,
            WireKind::Loopback | WireKind::Loopback6 => exchange.not_over_sockets,
            WireKind::Host => exchange.not_against_hosts,
        }
    }

    /// All, in the order of the page.
    pub const ALL: [WireKind; 4] = [
        WireKind::Simulated,
        WireKind::Loopback,
        WireKind::Loopback6,
        WireKind::Host,
    ];

    /// Its name.
    pub const fn title(self) -> &'static str {
        match self {
            WireKind::Simulated => "Simulated",
            WireKind::Loopback => "On loopback (127.0.0.1)",
            WireKind::Loopback6 => "On loopback (::1)",
            WireKind::Host => "Against a real host",
        }
    }
}

/// So many millionths.
fn millionths(percent: f64) -> u32 {
    (percent.clamp(0.0, 100.0) * 10_000.0).round() as u32
}

impl Setting {
    /// The way of playing that it asks for.
    pub fn way(&self) -> Result<Way, String> {
        Ok(match self.wire {
            WireKind::Host => Way::Host(Target::parse(&self.target)?),
            WireKind::Simulated => Way::Simulated(Choice {
                seed: self.seed,
                faults: self.faults(),
            }),
            WireKind::Loopback | WireKind::Loopback6 => Way::Loopback(Loopback {
                ipv6: self.wire == WireKind::Loopback6,
                move_ports: false,
            }),
        })
    }

    fn faults(&self) -> Faults {
        Faults {
            loss: millionths(self.loss),
            reorder: millionths(self.late),
            duplicate: millionths(self.twice),
            corrupt: millionths(self.damaged),
            events: self
                .fault_name()
                .iter()
                .filter_map(|name| Fault::parse(name))
                .collect(),
            ..Faults::default()
        }
    }

    /// The name of the single event, its number filled in.
    pub fn fault_name(&self) -> Option<String> {
        let (name, _) = FAULT_NAMES.get(self.fault?)?;
        Some(match name.strip_suffix("-N") {
            Some(stem) => format!("{stem}-{}", self.number.max(1)),
            None => (*name).to_owned(),
        })
    }

    /// What the event means, in words.
    pub fn fault_words(&self) -> Option<String> {
        let (_, meaning) = FAULT_NAMES.get(self.fault?)?;
        Some(meaning.replace("N-th", &ordinal(self.number.max(1))))
    }

    /// All of it in one line: `simulated · seed 5 · the first SYN,ACK gets lost`.
    pub fn in_words(&self) -> String {
        match self.wire {
            WireKind::Simulated => {}
            WireKind::Host if !self.target.trim().is_empty() => {
                return format!("against {}", self.target.trim());
            }
            wire => return wire.title().to_lowercase(),
        }
        let mut parts = vec!["simulated".to_owned(), format!("seed {}", self.seed)];
        parts.extend(self.fault_words());
        for (percent, what) in [
            (self.loss, "lost"),
            (self.late, "late"),
            (self.twice, "twice"),
            (self.damaged, "damaged"),
        ] {
            if percent > 0.0 {
                parts.push(format!("{percent} % {what}"));
            }
        }
        parts.join(" · ")
    }
}

/// `1st`, `22nd`, `13th`.
fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The single events that can happen in an exchange: places in [`FAULT_NAMES`].
pub fn faults_of(exchange: &Exchange) -> Vec<usize> {
    let (streams, datagrams) = exchange.speaks;
    let happens = |name: &str| match name {
        "lose-neighbour" => true,
        "no-answer" | "nonsense" => streams || datagrams,
        _ if name.contains("datagram") => datagrams,
        _ if name.contains("icmp") => !streams,
        _ => streams,
    };
    let all = FAULT_NAMES.iter().enumerate();
    all.filter(|(_, (name, _))| happens(name))
        .map(|(at, _)| at)
        .collect()
}

/// Controls with edges, so that they are seen to be controls.
pub fn edged(ui: &mut Ui) {
    let palette = Palette::here(ui);
    let widgets = &mut ui.visuals_mut().widgets;
    for (widget, ground) in [
        (&mut widgets.inactive, palette.panel),
        (&mut widgets.hovered, palette.raised),
        (&mut widgets.open, palette.raised),
    ] {
        widget.bg_stroke = Stroke::new(1.0, palette.line);
        (widget.bg_fill, widget.weak_bg_fill) = (ground, ground);
        widget.fg_stroke.color = palette.text;
    }
}

/// A button that does not shout, large enough for a lecture.
pub fn quiet(ui: &mut Ui, text: &str) -> Response {
    let palette = Palette::here(ui);
    ui.add(plain(text, palette.text, palette))
}

fn plain<'a>(text: &str, ink: Color32, palette: &Palette) -> Button<'a> {
    Button::new(RichText::new(text).font(words(14.0)).color(ink))
        .fill(palette.panel)
        .stroke(Stroke::new(1.0, palette.line))
        .min_size(Vec2::new(0.0, 30.0))
}

/// The button that is meant to be pressed.
pub fn loud(ui: &mut Ui, text: &str) -> Response {
    let palette = Palette::here(ui);
    let text = RichText::new(text)
        .font(words(14.0))
        .color(palette.on_accent);
    ui.add(
        Button::new(text)
            .fill(palette.accent)
            .min_size(Vec2::new(0.0, 30.0)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::{What, Which};

    #[test]
    fn a_setting_becomes_a_choice_and_words() {
        let at = FAULT_NAMES.iter().position(|(n, _)| *n == "lose-data-N");
        let setting = Setting {
            seed: 5,
            fault: at,
            number: 3,
            loss: 2.5,
            ..Setting::default()
        };
        assert_eq!(setting.fault_name().unwrap(), "lose-data-3");
        assert_eq!(
            setting.in_words(),
            "simulated · seed 5 · the 3rd segment with data gets lost · 2.5 % lost"
        );
        let Ok(Way::Simulated(choice)) = setting.way() else {
            panic!("not simulated");
        };
        assert_eq!(choice.seed, 5);
        assert_eq!(choice.faults.loss, 25_000);
        assert_eq!(
            choice.faults.events,
            [Fault::Frame(Which::Data(3), What::Lose)]
        );
    }

    #[test]
    fn every_fault_of_the_list_can_be_chosen() {
        for at in 0..FAULT_NAMES.len() {
            let setting = Setting {
                fault: Some(at),
                number: 2,
                ..Setting::default()
            };
            let name = setting.fault_name().unwrap();
            assert!(Fault::parse(&name).is_some(), "{name}");
        }
        assert_eq!(
            ["1st", "2nd", "3rd", "4th", "11th", "112th", "21st"].map(str::to_owned),
            [1, 2, 3, 4, 11, 112, 21].map(ordinal)
        );
    }

    #[test]
    fn only_faults_that_can_happen_are_offered() {
        let all = crate::session::lab::exchanges(None);
        let names = |id: &str| -> Vec<&str> {
            let exchange = all.iter().find(|e| e.id == id).unwrap();
            faults_of(exchange)
                .into_iter()
                .map(|at| FAULT_NAMES[at].0)
                .collect()
        };
        assert!(names("smtp").contains(&"lose-syn-ack"));
        assert!(!names("smtp").contains(&"lose-datagram-N"));
        assert!(names("udp-hello").contains(&"lose-datagram-N"));
        assert!(!names("udp-hello").contains(&"reset"));
        assert_eq!(names("ping"), ["lose-icmp-N", "lose-neighbour"]);
    }
}
