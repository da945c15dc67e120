//! The real window, from its start to its end: on a screen made of memory (Xvfb), driven with keys and mouse (xdotool), and
//! read as a screen reader reads it (AT-SPI, over a message bus of its own). It waits for what is to be seen, never for a
//! time. Where one of the programs for that is missing, the test says which, and passes; `scripts/setup.sh test` installs them.
#![cfg(feature = "gui")]

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::support::{package, text};
use crate::window::HTTP;

/// What is waited for comes within this time on any machine that is not broken.
const PATIENCE: Duration = Duration::from_secs(120);
/// Between two looks.
const GLANCE: Duration = Duration::from_millis(40);

/// The state of what the keys go to, in AT-SPI.
const FOCUSED: i64 = 1 << 12;
/// The state of a choice that is made.
const CHECKED: i64 = 1 << 4;

/// Roles by their numbers in AT-SPI.
mod role {
    pub const BUTTON: i64 = 43;
    pub const RADIO_BUTTON: i64 = 44;
    pub const TREE_ITEM: i64 = 91;
    pub const LIST_ITEM: i64 = 32;
    pub const ROW: i64 = 90;
}

#[test]
fn the_real_window_from_its_start_to_its_end() {
    let Some(desk) = Desk::set_up() else { return };
    let file = desk.home.path().join("lesson.pcap");
    std::fs::copy(package("captures").join(HTTP), &file).unwrap();

    // A capture is opened by argument.
    let mut window = desk.open(&file);
    window.until("the first packet", |seen| {
        seen.any(role::ROW, |name| name.starts_with("Packet 1: "))
    });

    // A filter narrows the list.
    window.keys("ctrl+slash");
    window.until("the keys in the filter's field", |seen| {
        let mut fields = seen.0.iter().filter(|item| item.name == "Display filter");
        fields.any(|item| item.focused)
    });
    window.types("http.request");
    window.keys("Return");
    window.until("the three requests alone", |seen| {
        let rows = seen.names(role::ROW);
        rows.len() == 3 && rows.iter().all(|r| r.contains("GET /"))
    });

    // A click chooses a packet, a key marks it.
    window.click_until(role::ROW, "Packet 10: ", "the tree of packet 10", |seen| {
        seen.any(role::TREE_ITEM, |name| name.starts_with("Frame 10: "))
    });
    window.keys("ctrl+m");
    window.until("the mark", |seen| {
        seen.any(role::ROW, |name| {
            name.starts_with("Packet 10: ") && name.ends_with(", marked")
        })
    });

    // Its conversation is followed.
    window.keys("ctrl+alt+shift+t");
    window.until("what both said", |seen| {
        seen.any(role::LIST_ITEM, |name| name == "Client: GET / HTTP/1.1")
            && seen.any(role::LIST_ITEM, |name| name == "Server: HTTP/1.1 200 OK")
    });

    // What is displayed is exported as text, the marked packet as a capture.
    window.keys("ctrl+h");
    let exported = desk.home.path().join("lesson.txt");
    window.click_until(role::BUTTON, "Save", "the exported text", |_| {
        exported.exists()
    });
    let exported = std::fs::read_to_string(&exported).unwrap();
    assert_eq!(exported.lines().count(), 3, "{exported}");
    assert!(exported.contains("GET /text "), "{exported}");

    window.keys("ctrl+s");
    window.click_until(role::RADIO_BUTTON, "Marked: 1", "the choice", |seen| {
        let mut choices = seen.0.iter().filter(|item| item.name == "Marked: 1");
        choices.any(|item| item.checked)
    });
    let saved = desk.home.path().join("lesson-copy.pcapng");
    window.click_until(role::BUTTON, "Save", "the saved capture", |_| {
        saved.exists()
    });
    let listed = crate::support::wireglass(&["read", &saved.to_string_lossy()]);
    let listed = text(&listed.stdout);
    assert_eq!(listed.lines().count(), 1, "{listed}");
    assert!(listed.contains("GET /text "), "{listed}");

    // It ends when asked to, and the mark is there when it is opened again.
    window.keys("ctrl+q");
    assert!(window.end().success());
    let mut window = desk.open(&file);
    window.until("the mark of before", |seen| {
        seen.any(role::ROW, |name| {
            name.starts_with("Packet 10: ") && name.ends_with(", marked")
        })
    });
    window.keys("ctrl+q");
    assert!(window.end().success());
}

/// A process that ends with its owner.
struct Process(Child);

impl Drop for Process {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A screen, a message bus and a home of their own.
struct Desk {
    home: tempfile::TempDir,
    variables: Vec<(&'static str, String)>,
    /// Where assistive programs and windows meet.
    meeting: String,
    _processes: Vec<Process>,
}

impl Desk {
    /// Lay it all out; `None` (and a word why) if a program for it is missing.
    fn set_up() -> Option<Desk> {
        for program in ["Xvfb", "xdotool", "dbus-daemon", "gdbus"] {
            if !in_path(program) {
                println!("skipped: there is no {program} here");
                return None;
            }
        }
        let home = tempfile::tempdir().unwrap();
        let folder = |name: &str| {
            let path = home.path().join(name);
            std::fs::create_dir(&path).unwrap();
            path.to_string_lossy().into_owned()
        };
        let mut variables = vec![
            ("HOME", home.path().to_string_lossy().into_owned()),
            ("XDG_CONFIG_HOME", folder("config")),
            ("XDG_CACHE_HOME", folder("cache")),
            ("XDG_DATA_HOME", folder("data")),
            ("XDG_STATE_HOME", folder("state")),
            ("XDG_RUNTIME_DIR", folder("run")),
            ("LIBGL_ALWAYS_SOFTWARE", "1".into()),
            ("WINIT_UNIX_BACKEND", "x11".into()),
            ("WINIT_X11_SCALE_FACTOR", "1".into()),
            ("LC_ALL", "C.UTF-8".into()),
        ];
        let mut screen = Command::new("Xvfb");
        screen.args(["-displayfd", "1", "-screen", "0", "1280x800x24"]);
        screen.args(["-nolisten", "tcp"]);
        let (screen, display) = begin(screen, &variables);
        variables.push(("DISPLAY", format!(":{display}")));
        let mut bus = Command::new("dbus-daemon");
        bus.args(["--session", "--nofork", "--print-address=1"]);
        let (bus, address) = begin(bus, &variables);
        variables.push(("DBUS_SESSION_BUS_ADDRESS", address));
        let mut desk = Desk {
            home,
            variables,
            meeting: String::new(),
            _processes: vec![screen, bus],
        };
        // Windows tell what they show when somebody says that a screen reader is there.
        let status = "org.freedesktop.DBus.Properties.Set";
        let enabled = ["org.a11y.Status", "IsEnabled", "<true>"];
        let bus = ["--session", "--dest", "org.a11y.Bus"];
        let launcher = "/org/a11y/bus";
        if desk.call(&bus, launcher, status, &enabled).is_none() {
            println!("skipped: there is no accessibility bus here (at-spi2-core)");
            return None;
        }
        let address = desk.call(&bus, launcher, "org.a11y.Bus.GetAddress", &[]);
        desk.meeting = address.and_then(|a| Some(a.list().first()?.text().to_owned()))?;
        Some(desk)
    }

    fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.env_remove("WAYLAND_DISPLAY").stdin(Stdio::null());
        command.envs(self.variables.iter().map(|(name, value)| (name, value)));
        command
    }

    /// Call a method over a bus and return what it answers.
    fn call(&self, bus: &[&str], path: &str, method: &str, arguments: &[&str]) -> Option<Value> {
        let mut command = self.command("gdbus");
        command.arg("call").args(bus).args(["--object-path", path]);
        command.args(["--method", method]).args(arguments);
        let output = command.output().unwrap();
        let answer = text(&output.stdout);
        output.status.success().then(|| Value::of(answer))
    }

    /// Call a method of a program that tells what it shows.
    fn ask(&self, who: &str, path: &str, method: &str, arguments: &[&str]) -> Option<Value> {
        let bus = ["--address", &self.meeting, "--dest", who];
        self.call(&bus, path, method, arguments)
    }

    /// Open the window on a capture.
    fn open(&self, file: &Path) -> Window<'_> {
        let log = self.home.path().join("window.log");
        let output = std::fs::File::create(&log).unwrap();
        let mut command = self.command(env!("CARGO_BIN_EXE_wireglass"));
        command.arg("--theme=dark").arg(file);
        command.stdout(output.try_clone().unwrap()).stderr(output);
        let mut window = Window {
            desk: self,
            process: Process(command.spawn().unwrap()),
            name: String::new(),
            log,
        };
        // Without a window manager nobody gives a new window the keys.
        let end = Instant::now() + PATIENCE;
        loop {
            window.look_alive(end, "the window");
            let found = self
                .command("xdotool")
                .args(["search", "--onlyvisible", "--name", "Wireglass"])
                .args(["windowfocus"])
                .output()
                .unwrap();
            if found.status.success() {
                break;
            }
            std::thread::sleep(GLANCE);
        }
        let registry = "org.a11y.atspi.Registry";
        let root = "/org/a11y/atspi/accessible/root";
        let children = "org.a11y.atspi.Accessible.GetChildren";
        while window.name.is_empty() {
            window.look_alive(end, "a window that tells what it shows");
            let answer = self.ask(registry, root, children, &[]);
            let first = answer.as_ref().and_then(|a| a.list().first());
            let first = first.and_then(|programs| programs.list().last());
            if let Some(name) = first.and_then(|program| program.list().first()) {
                window.name = name.text().to_owned();
            }
            std::thread::sleep(GLANCE);
        }
        window
    }
}

/// Start a program whose first line of output is what is needed of it.
fn begin(mut command: Command, variables: &[(&str, String)]) -> (Process, String) {
    command.envs(variables.iter().map(|(name, value)| (name, value)));
    command.stdin(Stdio::null()).stdout(Stdio::piped());
    command.stderr(Stdio::null());
    let mut process = Process(command.spawn().unwrap());
    let mut line = String::new();
    let output = process.0.stdout.take().unwrap();
    BufReader::new(output).read_line(&mut line).unwrap();
    (process, line.trim().to_owned())
}

fn in_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// The open window.
struct Window<'a> {
    desk: &'a Desk,
    process: Process,
    /// Its name on the accessibility bus.
    name: String,
    log: PathBuf,
}

impl Window<'_> {
    fn look_alive(&mut self, end: Instant, what: &str) {
        let ended = self.process.0.try_wait().unwrap();
        let log = || std::fs::read_to_string(&self.log).unwrap_or_default();
        assert!(ended.is_none(), "it ended before {what}: {}", log());
        assert!(Instant::now() < end, "{what} does not come: {}", log());
    }

    /// What can be seen.
    fn seen(&self) -> Seen {
        let items = "org.a11y.atspi.Cache.GetItems";
        let cache = "/org/a11y/atspi/cache";
        let answer = self.desk.ask(&self.name, cache, items, &[]);
        let answer = answer.as_ref().and_then(|a| a.list().first());
        let item = |item: &Value| {
            let [at, _, _, _, _, _, name, role, _, states] = item.list() else {
                return None;
            };
            Some(Item {
                path: at.list().get(1)?.text().to_owned(),
                name: name.text().to_owned(),
                role: role.number(),
                focused: states.list().first()?.number() & FOCUSED != 0,
                checked: states.list().first()?.number() & CHECKED != 0,
            })
        };
        Seen(answer.map_or(Vec::new(), |items| {
            items.list().iter().filter_map(item).collect()
        }))
    }

    /// Wait until this can be seen.
    fn until(&mut self, what: &str, is_there: impl Fn(&Seen) -> bool) {
        let end = Instant::now() + PATIENCE;
        loop {
            let seen = self.seen();
            if is_there(&seen) {
                return;
            }
            if Instant::now() > end {
                println!("seen instead of {what}: {:#?}", seen.0);
            }
            self.look_alive(end, what);
            std::thread::sleep(GLANCE);
        }
    }

    fn xdotool(&self, arguments: &[&str]) {
        let output = self.desk.command("xdotool").args(arguments).output();
        let output = output.unwrap();
        assert!(output.status.success(), "xdotool {arguments:?}: {output:?}");
    }

    /// Press keys together.
    fn keys(&self, keys: &str) {
        self.xdotool(&["key", "--clearmodifiers", keys]);
    }

    fn types(&self, text: &str) {
        self.xdotool(&["type", "--delay", "20", text]);
    }

    /// Click, and if that has no effect (something was still in the way), click again.
    fn click_until(&mut self, role: i64, name: &str, what: &str, is_there: impl Fn(&Seen) -> bool) {
        let end = Instant::now() + PATIENCE;
        loop {
            self.click(role, name);
            let again = Instant::now() + PATIENCE / 10;
            while Instant::now() < again {
                let seen = self.seen();
                if is_there(&seen) {
                    return;
                }
                self.look_alive(end, what);
                // What was clicked has gone: its effect is on the way.
                if self.place(role, name).is_none() {
                    return self.until(what, is_there);
                }
                std::thread::sleep(GLANCE);
            }
        }
    }

    /// Click in the middle of what has this role and name (or begins with it, if it ends with a colon), when it is there and
    /// stays in its place.
    fn click(&mut self, role: i64, name: &str) {
        let mut place = None;
        let end = Instant::now() + PATIENCE;
        loop {
            let now = self.place(role, name);
            if now.is_some() && now == place {
                break;
            }
            place = now;
            self.look_alive(end, name);
            std::thread::sleep(GLANCE);
        }
        let (x, y) = place.unwrap();
        self.xdotool(&["mousemove", &x.to_string(), &y.to_string()]);
        std::thread::sleep(GLANCE);
        self.xdotool(&["click", "1"]);
    }

    fn place(&self, role: i64, name: &str) -> Option<(i64, i64)> {
        let seen = self.seen();
        let mut items = seen.0.iter().filter(|item| item.role == role);
        let is_it = |item: &&Item| match name.ends_with(": ") {
            true => item.name.starts_with(name),
            false => item.name == name,
        };
        let item = items.find(is_it)?;
        let extents = "org.a11y.atspi.Component.GetExtents";
        let answer = self.desk.ask(&self.name, &item.path, extents, &["0"])?;
        let [x, y, width, height] = answer.list().first()?.list() else {
            return None;
        };
        let x = x.number() + width.number() / 2;
        let y = y.number() + height.number() / 2;
        Some((x, y))
    }

    /// Wait until the program has ended.
    fn end(mut self) -> ExitStatus {
        let end = Instant::now() + PATIENCE;
        loop {
            if let Some(status) = self.process.0.try_wait().unwrap() {
                return status;
            }
            assert!(Instant::now() < end, "the window does not close");
            std::thread::sleep(GLANCE);
        }
    }
}

/// What a screen reader is told.
struct Seen(Vec<Item>);

#[derive(Debug)]
struct Item {
    path: String,
    name: String,
    role: i64,
    focused: bool,
    checked: bool,
}

impl Seen {
    fn names(&self, role: i64) -> Vec<&str> {
        let items = self.0.iter().filter(|item| item.role == role);
        items.map(|item| item.name.as_str()).collect()
    }

    fn any(&self, role: i64, is_it: impl Fn(&str) -> bool) -> bool {
        self.names(role).into_iter().any(is_it)
    }
}

/// An answer over the bus, as GLib writes it: `([(':1.2', objectpath '/a')], uint32 3, true)`.
#[derive(Clone, Debug, PartialEq)]
enum Value {
    Text(String),
    Number(i64),
    List(Vec<Value>),
}

impl Value {
    fn of(answer: &str) -> Value {
        let mut rest = answer.trim();
        Value::next(&mut rest)
    }

    fn next(rest: &mut &str) -> Value {
        loop {
            *rest = rest.trim_start();
            let Some(first) = rest.chars().next() else {
                return Value::List(Vec::new());
            };
            match first {
                '(' | '[' => return Value::List(Value::members(rest)),
                '\'' | '"' => return Value::Text(Value::quoted(rest, first)),
                _ => {
                    let end = rest.find([',', ')', ']', ' ']).unwrap_or(rest.len());
                    let (word, after) = rest.split_at(end);
                    *rest = after;
                    match word {
                        "true" => return Value::Number(1),
                        "false" => return Value::Number(0),
                        _ => {}
                    }
                    if let Ok(number) = word.parse() {
                        return Value::Number(number);
                    }
                    // The name of a type, such as `uint32` or `@as`: the value follows.
                    assert!(!word.is_empty(), "no answer as GLib writes it: {rest}");
                }
            }
        }
    }

    fn members(rest: &mut &str) -> Vec<Value> {
        let mut members = Vec::new();
        *rest = &rest[1..];
        loop {
            *rest = rest.trim_start_matches([',', ' ']);
            if rest.is_empty() {
                return members;
            }
            if let Some(after) = rest.strip_prefix([')', ']']) {
                *rest = after;
                return members;
            }
            members.push(Value::next(rest));
        }
    }

    fn quoted(rest: &mut &str, quote: char) -> String {
        let mut out = String::new();
        let mut chars = rest.char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            match c {
                '\\' => out.extend(chars.next().map(|(_, c)| c)),
                c if c == quote => {
                    *rest = &rest[at + 1..];
                    return out;
                }
                c => out.push(c),
            }
        }
        *rest = "";
        out
    }

    fn text(&self) -> &str {
        match self {
            Value::Text(text) => text,
            _ => "",
        }
    }

    fn number(&self) -> i64 {
        match self {
            Value::Number(number) => *number,
            _ => 0,
        }
    }

    fn list(&self) -> &[Value] {
        match self {
            Value::List(list) => list,
            _ => &[],
        }
    }
}

#[test]
fn answers_over_the_bus_are_read() {
    let answer =
        r#"([(':1.2', objectpath '/a'), (":1.3's", '/b\'c')], uint32 75, -1, @as [], true)"#;
    let text = |text: &str| Value::Text(text.into());
    let members = vec![
        Value::List(vec![text(":1.2"), text("/a")]),
        Value::List(vec![text(":1.3's"), text("/b'c")]),
    ];
    assert_eq!(
        Value::of(answer),
        Value::List(vec![
            Value::List(members),
            Value::Number(75),
            Value::Number(-1),
            Value::List(Vec::new()),
            Value::Number(1),
        ])
    );
}
