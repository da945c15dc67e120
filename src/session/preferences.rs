//! What the user prefers, and how the window stood when it was closed. Both are sections of the [`Settings`].

use super::settings::Settings;

/// The sections of the settings.
const SECTION: &str = "preferences";
const WINDOW: &str = "window";

/// Light or dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum ThemeChoice {
    /// As the system has it.
    #[default]
    System,
    /// Light grounds.
    Light,
    /// Dark grounds.
    Dark,
}

impl ThemeChoice {
    /// All, in the order of menus.
    pub const ALL: [ThemeChoice; 3] = [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark];

    /// Its name in the settings.
    pub const fn id(self) -> &'static str {
        match self {
            ThemeChoice::System => "system",
            ThemeChoice::Light => "light",
            ThemeChoice::Dark => "dark",
        }
    }

    /// As people say it.
    pub const fn title(self) -> &'static str {
        match self {
            ThemeChoice::System => "As the system",
            ThemeChoice::Light => "Light",
            ThemeChoice::Dark => "Dark",
        }
    }
}

/// How list, fields and bytes lie to each other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Layout {
    /// The list above, below it fields and bytes side by side.
    #[default]
    ListAbove,
    /// All three one above the other.
    Stacked,
    /// The list at the left, at its right fields above bytes.
    ListBeside,
    /// All three side by side.
    Beside,
}

impl Layout {
    /// All, in the order of menus.
    pub const ALL: [Layout; 4] = [
        Layout::ListAbove,
        Layout::Stacked,
        Layout::ListBeside,
        Layout::Beside,
    ];

    /// Its name in the settings.
    pub const fn id(self) -> &'static str {
        match self {
            Layout::ListAbove => "list-above",
            Layout::Stacked => "stacked",
            Layout::ListBeside => "list-beside",
            Layout::Beside => "beside",
        }
    }

    /// As people say it.
    pub const fn title(self) -> &'static str {
        match self {
            Layout::ListAbove => "List above, fields beside bytes",
            Layout::Stacked => "All panes stacked",
            Layout::ListBeside => "List at the left, fields above bytes",
            Layout::Beside => "All panes side by side",
        }
    }

    /// Whether the details stand at the right of the list; otherwise below it.
    pub const fn details_beside(self) -> bool {
        matches!(self, Layout::ListBeside | Layout::Beside)
    }
}

/// A pane that can be hidden.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pane {
    /// The packets.
    List,
    /// The fields of the chosen packet, or its drawing.
    Fields,
    /// Its bytes.
    Bytes,
    /// What the chosen field is for.
    Explanation,
}

impl Pane {
    /// All, in the order of menus.
    pub const ALL: [Pane; 4] = [Pane::List, Pane::Fields, Pane::Bytes, Pane::Explanation];

    const fn id(self) -> &'static str {
        match self {
            Pane::List => "list",
            Pane::Fields => "fields",
            Pane::Bytes => "bytes",
            Pane::Explanation => "explanation",
        }
    }
}

/// Sizes of text that can be chosen, points.
pub const TEXT_SIZES: std::ops::RangeInclusive<u8> = 11..=18;
/// The size that the window is drawn for, points.
pub const USUAL_SIZE: u8 = 13;
/// Enlargements that can be chosen, percent.
pub const ZOOMS: std::ops::RangeInclusive<u16> = 50..=300;

/// What the user prefers.
#[derive(Clone, Debug, PartialEq)]
pub struct Preferences {
    /// Light or dark.
    pub theme: ThemeChoice,
    /// Colours that stay apart for colour-blind eyes.
    pub colour_safe: bool,
    /// How much everything is enlarged, percent.
    pub zoom: u16,
    /// Size of words, points.
    pub words: u8,
    /// Size of bytes and filters, points.
    pub mono: u8,
    /// How the panes lie.
    pub layout: Layout,
    /// Panes that are not shown.
    pub hidden: Vec<Pane>,
    /// Verify the checksums of IP, TCP, UDP, ICMP.
    pub checksums: bool,
    /// Ask before a capture that is in no file of the user's is closed.
    pub ask_unsaved: bool,
    /// Remember the files that were opened.
    pub recent: bool,
    /// What live captures begin with.
    pub capture: CaptureDefaults,
    /// Lines of the section that this version does not know.
    unknown: Vec<String>,
}

/// What live captures begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CaptureDefaults {
    /// Ask for packets to other machines too.
    pub promiscuous: bool,
    /// Bytes to keep of each packet; 0: all.
    pub snap_len: u32,
    /// The kernel's buffer, MiB.
    pub buffer_mib: u32,
    /// Show packets as they come.
    pub real_time: bool,
    /// Stay at the newest packet.
    pub auto_scroll: bool,
}

impl Default for CaptureDefaults {
    fn default() -> CaptureDefaults {
        CaptureDefaults {
            promiscuous: false,
            snap_len: 0,
            buffer_mib: crate::capture::live::BUFFER_MIB,
            real_time: true,
            auto_scroll: true,
        }
    }
}

impl Default for Preferences {
    fn default() -> Preferences {
        Preferences {
            theme: ThemeChoice::System,
            colour_safe: false,
            zoom: 100,
            words: USUAL_SIZE,
            mono: USUAL_SIZE,
            layout: Layout::ListAbove,
            hidden: Vec::new(),
            checksums: false,
            ask_unsaved: true,
            recent: true,
            capture: CaptureDefaults::default(),
            unknown: Vec::new(),
        }
    }
}

impl Preferences {
    /// What the settings hold. What cannot be read is as at first.
    pub fn load(settings: &Settings) -> Preferences {
        let mut p = Preferences::default();
        for line in settings.lines(SECTION) {
            if p.read(line).is_none() {
                p.unknown.push(line.clone());
            }
        }
        p
    }

    fn read(&mut self, line: &str) -> Option<()> {
        let (key, value) = line.split_once(" = ")?;
        match key {
            "theme" => self.theme = ThemeChoice::ALL.into_iter().find(|t| t.id() == value)?,
            "colours" => self.colour_safe = named(value, "safe", "usual")?,
            "zoom" => self.zoom = within(value, ZOOMS)?,
            "words" => self.words = within(value, TEXT_SIZES)?,
            "bytes" => self.mono = within(value, TEXT_SIZES)?,
            "layout" => self.layout = Layout::ALL.into_iter().find(|l| l.id() == value)?,
            "hidden panes" => {
                let named = |id: &str| Pane::ALL.into_iter().find(|p| p.id() == id);
                self.hidden = value.split(' ').filter_map(named).collect();
            }
            "checksums" => self.checksums = yes(value)?,
            "ask before closing" => self.ask_unsaved = yes(value)?,
            "recent files" => self.recent = yes(value)?,
            "capture promiscuous" => self.capture.promiscuous = yes(value)?,
            "capture bytes" => self.capture.snap_len = value.parse().ok()?,
            "capture buffer" => self.capture.buffer_mib = within(value, 1..=2047)?,
            "capture in real time" => self.capture.real_time = yes(value)?,
            "capture scrolls" => self.capture.auto_scroll = yes(value)?,
            _ => return None,
        }
        Some(())
    }

    /// Keep them. What is as at first is not written.
    pub fn store(&self, settings: &mut Settings) {
        let usual = Preferences::default().lines();
        let lines = self.lines().into_iter().filter(|l| !usual.contains(l));
        settings.set(SECTION, lines.chain(self.unknown.iter().cloned()));
    }

    fn lines(&self) -> Vec<String> {
        let word = |yes: bool| if yes { "yes" } else { "no" };
        let hidden: Vec<_> = self.hidden.iter().map(|p| p.id()).collect();
        let capture = &self.capture;
        vec![
            format!("theme = {}", self.theme.id()),
            format!(
                "colours = {}",
                if self.colour_safe { "safe" } else { "usual" }
            ),
            format!("zoom = {}", self.zoom),
            format!("words = {}", self.words),
            format!("bytes = {}", self.mono),
            format!("layout = {}", self.layout.id()),
            format!("hidden panes = {}", hidden.join(" ")),
            format!("checksums = {}", word(self.checksums)),
            format!("ask before closing = {}", word(self.ask_unsaved)),
            format!("recent files = {}", word(self.recent)),
            format!("capture promiscuous = {}", word(capture.promiscuous)),
            format!("capture bytes = {}", capture.snap_len),
            format!("capture buffer = {}", capture.buffer_mib),
            format!("capture in real time = {}", word(capture.real_time)),
            format!("capture scrolls = {}", word(capture.auto_scroll)),
        ]
    }

    /// Whether a pane is shown.
    pub fn shows(&self, pane: Pane) -> bool {
        !self.hidden.contains(&pane)
    }

    /// Hide a pane, or show it again. Of list and details one is always shown.
    pub fn toggle(&mut self, pane: Pane) {
        if self.shows(pane) {
            self.hidden.push(pane);
        } else {
            self.hidden.retain(|p| *p != pane);
        }
        if Pane::ALL.iter().all(|p| !self.shows(*p)) {
            let other = match pane {
                Pane::List => Pane::Fields,
                _ => Pane::List,
            };
            self.hidden.retain(|p| *p != other);
        }
    }
}

fn named(value: &str, yes: &str, no: &str) -> Option<bool> {
    (value == yes)
        .then_some(true)
        .or((value == no).then_some(false))
}

fn yes(value: &str) -> Option<bool> {
    named(value, "yes", "no")
}

fn within<T: std::str::FromStr + PartialOrd>(
    value: &str,
    range: std::ops::RangeInclusive<T>,
) -> Option<T> {
    value.parse().ok().filter(|v| range.contains(v))
}

/// How the window stood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WindowState {
    /// Width and height, in the system's points.
    pub size: Option<[f32; 2]>,
    /// Where its left upper corner was, in the system's points; not all systems tell.
    pub position: Option<[f32; 2]>,
    /// Whether it filled the screen.
    pub maximised: bool,
    /// The borders between the panes: name and the first pane's share of the whole.
    pub shares: Vec<(String, f32)>,
    /// The diagram was shown in place of the fields.
    pub diagram: bool,
}

/// Sizes and places beyond this are mistakes, points.
const FAR: f32 = 20_000.0;

impl WindowState {
    /// What the settings hold.
    pub fn load(settings: &Settings) -> WindowState {
        let mut state = WindowState::default();
        for line in settings.lines(WINDOW) {
            let Some((key, value)) = line.split_once(" = ") else {
                continue;
            };
            match key {
                "size" => state.size = pair(value).filter(|s| s.iter().all(|v| *v >= 100.0)),
                "position" => state.position = pair(value),
                "maximised" => state.maximised = value == "yes",
                "diagram" => state.diagram = value == "yes",
                _ => {
                    let share = value.parse().ok().filter(|s| (0.0..=1.0).contains(s));
                    if let (Some(name), Some(share)) = (key.strip_prefix("border "), share) {
                        state.shares.push((name.to_owned(), share));
                    }
                }
            }
        }
        state
    }

    /// Keep it.
    pub fn store(&self, settings: &mut Settings) {
        let pair = |name: &str, p: Option<[f32; 2]>| {
            p.map(|[a, b]| format!("{name} = {} {}", a.round(), b.round()))
        };
        let mut lines = vec![pair("size", self.size), pair("position", self.position)];
        lines.push(self.maximised.then(|| "maximised = yes".to_owned()));
        lines.push(self.diagram.then(|| "diagram = yes".to_owned()));
        for (name, share) in &self.shares {
            lines.push(Some(format!("border {name} = {share:.3}")));
        }
        settings.set(WINDOW, lines.into_iter().flatten());
    }
}

fn pair(value: &str) -> Option<[f32; 2]> {
    let (a, b) = value.split_once(' ')?;
    let near = |v: &str| v.parse::<f32>().ok().filter(|v| v.abs() <= FAR);
    Some([near(a)?, near(b)?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn preferences_come_back_and_what_is_unknown_stays() {
        let mut settings = Settings::in_memory();
        let lines = [
            "zoom = 125",
            "words = 99",
            "theme = dark",
            "colour of the moon = green",
        ];
        settings.set(SECTION, lines.map(String::from));
        let mut read = Preferences::load(&settings);
        assert_eq!((read.zoom, read.theme), (125, ThemeChoice::Dark));
        assert_eq!(read.words, USUAL_SIZE, "99 points are a mistake");
        read.layout = Layout::Beside;
        read.hidden = vec![Pane::Bytes, Pane::List];
        read.capture.buffer_mib = 64;
        read.ask_unsaved = false;
        read.store(&mut settings);
        assert_eq!(Preferences::load(&settings), read);
        let kept = settings.lines(SECTION);
        assert!(
            kept.contains(&"colour of the moon = green".to_owned()),
            "{kept:?}"
        );
        assert!(!kept.iter().any(|l| l.starts_with("checksums")), "{kept:?}");
    }

    #[test]
    fn something_is_always_shown() {
        let mut p = Preferences::default();
        for pane in Pane::ALL {
            p.toggle(pane);
        }
        assert!(p.shows(Pane::List));
        let mut p = Preferences {
            hidden: vec![Pane::Fields, Pane::Bytes, Pane::Explanation],
            ..Preferences::default()
        };
        p.toggle(Pane::List);
        assert!(p.shows(Pane::Fields) && !p.shows(Pane::List));
    }

    #[test]
    fn the_window_comes_back_as_it_stood() {
        let mut settings = Settings::in_memory();
        let state = WindowState {
            size: Some([1000.0, 700.0]),
            position: Some([-20.0, 40.0]),
            maximised: true,
            shares: vec![("list".into(), 0.25)],
            diagram: true,
        };
        state.store(&mut settings);
        assert_eq!(WindowState::load(&settings), state);
        settings.set(
            WINDOW,
            ["size = 1e9 3", "position = a b", "border x = 7"].map(String::from),
        );
        assert_eq!(WindowState::load(&settings), WindowState::default());
    }
}
