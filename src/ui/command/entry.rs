//! What is known about a command, and how its keys are told apart.

use egui::{Context, Key, KeyboardShortcut, Modifiers};

use super::{Command, Menu, Needs, commands};

/// What is known about a command.
pub struct Entry {
    /// Which command.
    pub command: Command,
    /// Its name for machines: in files of preferences and in tests. Never changes.
    pub id: &'static str,
    /// Its name for people. An ellipsis means that it asks for something first.
    pub name: &'static str,
    /// Where it stands in the menus.
    pub menu: Menu,
    /// The keys; the first is the one that menus show.
    pub keys: &'static [KeyboardShortcut],
    /// When it can be used.
    pub needs: Needs,
    /// Whether its keys also work while the user types in a text field. Keys that edit texts (Ctrl and arrows to the side)
    /// must not.
    pub while_typing: bool,
}

/// `Ctrl` (on macOS: Cmd) and a key.
pub(super) const fn ctrl(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

/// `Ctrl`, `Shift` and a key.
pub(super) const fn ctrl_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(
        Modifiers {
            shift: true,
            ..Modifiers::COMMAND
        },
        key,
    )
}

/// `Ctrl`, `Alt` and a key.
pub(super) const fn ctrl_alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::ALT), key)
}

/// `Ctrl`, `Alt`, `Shift` (on macOS: Cmd in place of Ctrl) and a key.
pub(super) const fn ctrl_alt_shift(key: Key) -> KeyboardShortcut {
    let modifiers = Modifiers {
        shift: true,
        ..Modifiers::COMMAND.plus(Modifiers::ALT)
    };
    KeyboardShortcut::new(modifiers, key)
}

/// `Alt` and a key.
pub(super) const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

/// `Shift` and a key.
pub(super) const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

/// A key alone.
pub(super) const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

impl Entry {
    pub(super) const fn new(
        command: Command,
        menu: Menu,
        id: &'static str,
        name: &'static str,
        keys: &'static [KeyboardShortcut],
    ) -> Entry {
        Entry {
            command,
            id,
            name,
            menu,
            keys,
            needs: Needs::Nothing,
            while_typing: true,
        }
    }

    pub(super) const fn needs(mut self, needs: Needs) -> Entry {
        self.needs = needs;
        self
    }

    /// Its keys are for the text field while one has the focus.
    pub(super) const fn not_while_typing(mut self) -> Entry {
        self.while_typing = false;
        self
    }

    /// The keys as menus show them (`Ctrl+O`), if it has any.
    pub fn shortcut(&self, ctx: &Context) -> Option<String> {
        Some(written(ctx, self.keys.first()?))
    }

    /// All its keys, written so.
    pub fn shortcuts(&self, ctx: &Context) -> Vec<String> {
        self.keys.iter().map(|keys| written(ctx, keys)).collect()
    }
}

/// Keys as people write them.
fn written(ctx: &Context, keys: &KeyboardShortcut) -> String {
    // The sign on the key where it has one: "Ctrl+/", not "Ctrl+Slash".
    let sign = match keys.logical_key {
        Key::ArrowUp => "↑",
        Key::ArrowDown => "↓",
        Key::ArrowLeft => "←",
        Key::ArrowRight => "→",
        Key::Slash => "/",
        Key::Plus => "+",
        Key::Minus => "-",
        Key::Equals => "=",
        Key::Period => ".",
        Key::Comma => ",",
        _ => return ctx.format_shortcut(keys),
    };
    let modifiers = ctx.format_modifiers(keys.modifiers);
    let plus = if modifiers.is_empty() { "" } else { "+" };
    format!("{modifiers}{plus}{sign}")
}

/// The entry of a command.
pub fn entry(command: Command) -> Option<&'static Entry> {
    commands().find(|e| e.command == command)
}

/// Which commands' keys were pressed since the last drawing; the keys are taken. `usable` says whether a command can be used
/// now: the keys of others are left to whoever else wants them.
pub fn pressed(ctx: &Context, typing: bool, usable: impl Fn(&Entry) -> bool) -> Vec<Command> {
    let mut keys: Vec<(&Entry, &KeyboardShortcut)> = commands()
        .filter(|e| (e.while_typing || !typing) && usable(e))
        .flat_map(|e| e.keys.iter().map(move |k| (e, k)))
        .collect();
    // A shortcut with fewer modifiers also fits when more are held down, so those with more are asked for first.
    keys.sort_by_key(|(_, k)| std::cmp::Reverse(modifiers(k)));
    ctx.input_mut(|input| {
        keys.into_iter()
            .filter(|(_, k)| input.consume_shortcut(k))
            .map(|(e, _)| e.command)
            .collect()
    })
}

fn modifiers(shortcut: &KeyboardShortcut) -> usize {
    let m = shortcut.modifiers;
    [m.alt, m.shift, m.ctrl || m.command || m.mac_cmd]
        .into_iter()
        .filter(|held| *held)
        .count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_has_one_name_and_its_own_keys() {
        let all: Vec<&Entry> = commands().collect();
        for (i, entry) in all.iter().enumerate() {
            assert!(!entry.name.is_empty() && entry.id.contains('.'));
            for other in &all[i + 1..] {
                assert_ne!(entry.command, other.command, "{} twice", entry.id);
                assert_ne!(entry.id, other.id);
                assert_ne!(entry.name, other.name);
                for key in entry.keys {
                    assert!(
                        !other.keys.contains(key) || entry.needs.excludes(other.needs),
                        "{} and {} share a key",
                        entry.id,
                        other.id
                    );
                }
            }
        }
    }

    /// Commands of a menu stand together: menus are drawn in the list's order.
    #[test]
    fn the_list_is_in_the_order_of_the_menus() {
        let place = |menu: Menu| Menu::ALL.iter().position(|m| *m == menu);
        let order: Vec<_> = commands().map(|e| place(e.menu)).collect();
        assert!(order.is_sorted());
    }

    #[test]
    fn more_modifiers_are_more() {
        let shift = KeyboardShortcut::new(Modifiers::COMMAND | Modifiers::SHIFT, Key::N);
        assert_eq!(modifiers(&shift), 2);
        assert_eq!(modifiers(&ctrl(Key::N)), 1);
        assert_eq!(modifiers(&plain(Key::F8)), 0);
    }
}
