//! The user's own filters: those applied before, those saved under a name, and macros. Kept in the [`Settings`].

use super::settings::Settings;
use crate::filter::Macros;

/// Filters of the past that are kept.
const KEPT: usize = 100;
/// Sections of the settings.
const HISTORY: &str = "filter history";
const BUTTONS: &str = "filter buttons";
const MACROS: &str = "filter macros";

/// A filter with a name: a button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedFilter {
    /// What the button says.
    pub name: String,
    /// The filter.
    pub filter: String,
}

/// The user's filters. Changes are written to the settings at once.
#[derive(Default)]
pub struct Library {
    settings: Settings,
    history: Vec<String>,
    saved: Vec<SavedFilter>,
    macros: Macros,
}

impl Library {
    /// What the settings hold.
    pub fn new(settings: Settings) -> Library {
        let pair = |line: &String| {
            let (name, text) = line.split_once(" = ")?;
            Some((name.to_owned(), text.to_owned()))
        };
        let saved = settings.lines(BUTTONS).iter().filter_map(pair);
        Library {
            history: settings.lines(HISTORY).to_vec(),
            saved: saved
                .map(|(name, filter)| SavedFilter { name, filter })
                .collect(),
            macros: Macros::new(settings.lines(MACROS).iter().filter_map(pair)),
            settings,
        }
    }

    /// The settings, for other parts of the program.
    pub fn settings(&mut self) -> &mut Settings {
        &mut self.settings
    }

    /// Filters that were applied, the last one first.
    pub fn history(&self) -> &[String] {
        &self.history
    }

    /// A filter was applied.
    pub fn remember(&mut self, filter: &str) {
        let filter = filter.trim();
        if filter.is_empty() || self.history.first().is_some_and(|f| f == filter) {
            return;
        }
        self.history.retain(|f| f != filter);
        self.history.insert(0, filter.to_owned());
        self.history.truncate(KEPT);
        self.settings.set(HISTORY, self.history.clone());
    }

    /// Forget all filters that were applied.
    pub fn forget_history(&mut self) {
        self.history.clear();
        self.settings.set(HISTORY, []);
    }

    /// The saved filters, in the order of their buttons.
    pub fn saved(&self) -> &[SavedFilter] {
        &self.saved
    }

    /// Save a filter under a name; one of the same name gets the new filter.
    pub fn save(&mut self, name: &str, filter: &str) {
        let name = tidy(name);
        let filter = filter.trim();
        if name.is_empty() || filter.is_empty() {
            return;
        }
        match self.saved.iter_mut().find(|s| s.name == name) {
            Some(old) => filter.clone_into(&mut old.filter),
            None => self.saved.push(SavedFilter {
                name,
                filter: filter.to_owned(),
            }),
        }
        self.write_saved();
    }

    /// Give a saved filter another name. A name that is taken already is not taken twice.
    pub fn rename(&mut self, at: usize, name: &str) {
        let name = tidy(name);
        if name.is_empty() || self.saved.iter().any(|s| s.name == name) {
            return;
        }
        if let Some(saved) = self.saved.get_mut(at) {
            saved.name = name;
            self.write_saved();
        }
    }

    /// Take a saved filter away.
    pub fn remove(&mut self, at: usize) {
        if at < self.saved.len() {
            self.saved.remove(at);
            self.write_saved();
        }
    }

    /// Exchange a saved filter with its neighbour.
    pub fn swap(&mut self, at: usize, with: usize) {
        if at.max(with) < self.saved.len() {
            self.saved.swap(at, with);
            self.write_saved();
        }
    }

    /// The macros.
    pub fn macros(&self) -> &Macros {
        &self.macros
    }

    /// Replace the macros.
    pub fn set_macros(&mut self, macros: Macros) {
        let lines: Vec<String> = macros.iter().map(|(n, t)| format!("{n} = {t}")).collect();
        self.macros = macros;
        self.settings.set(MACROS, lines);
    }

    fn write_saved(&mut self) {
        let lines = self.saved.iter();
        let lines: Vec<String> = lines
            .map(|s| format!("{} = {}", s.name, s.filter))
            .collect();
        self.settings.set(BUTTONS, lines);
    }
}

/// A name as it is kept: one line, without what separates it from the filter.
fn tidy(name: &str) -> String {
    let words: Vec<&str> = name.split_whitespace().filter(|w| *w != "=").collect();
    words.join(" ")
}

/// The user's macros, for the command line.
pub fn macros_of_user() -> Macros {
    Library::new(Settings::of_user()).macros
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn filters_are_kept_over_sessions() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("settings");
        let mut library = Library::new(Settings::open(&path));
        for filter in ["dns", "tcp", " dns ", "", "dns"] {
            library.remember(filter);
        }
        library.save("Errors = all", "tcp.analysis.flags");
        library.save("Names", "dns");
        library.save("Names", "dns or mdns");
        library.save(" ", "arp");
        library.swap(0, 1);
        library.rename(1, "Trouble");
        library.rename(1, "Names");
        library.set_macros(Macros::new([(
            "web".to_owned(),
            "tcp.port == 80".to_owned(),
        )]));
        drop(library);
        let mut library = Library::new(Settings::open(&path));
        assert_eq!(library.history(), ["dns", "tcp"]);
        let saved: Vec<_> = library
            .saved()
            .iter()
            .map(|s| (s.name.as_str(), s.filter.as_str()))
            .collect();
        assert_eq!(
            saved,
            [("Names", "dns or mdns"), ("Trouble", "tcp.analysis.flags")]
        );
        assert_eq!(library.macros().get("web"), Some("tcp.port == 80"));
        library.remove(0);
        library.remove(7);
        library.forget_history();
        drop(library);
        let library = Library::new(Settings::open(&path));
        assert_eq!((library.history().len(), library.saved().len()), (0, 1));
    }

    #[test]
    fn the_history_does_not_grow_without_end() {
        let mut library = Library::default();
        for port in 0..300 {
            library.remember(&format!("tcp.port == {port}"));
        }
        assert_eq!(library.history().len(), KEPT);
        assert_eq!(library.history()[0], "tcp.port == 299");
    }
}
