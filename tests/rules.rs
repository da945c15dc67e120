//! The rules of the house that the compiler does not know: who may import whom, and how long a file may be.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::support::{files_below, package};

/// Each module and the modules that it may name. What is not listed here may name nothing.
const MAY_IMPORT: &[(&str, &[&str])] = &[
    ("field", &[]),
    ("column", &[]),
    ("flow", &["column"]),
    ("capture", &["column"]),
    ("dissect", &["field", "flow"]),
    // Never each other: they meet in the registry, which is passed as a value.
    ("protocols", &["dissect", "field", "flow"]),
    ("filter", &["dissect", "field", "flow"]),
    ("export", &["dissect", "field", "flow"]),
    ("lab", &["capture"]),
    (
        "session",
        &[
            "capture",
            "column",
            "dissect",
            "export",
            "field",
            "filter",
            "flow",
            "lab",
            "protocols",
        ],
    ),
    // The two faces: the session, and plain data that it hands out.
    (
        "cli",
        &[
            "session",
            "capture",
            "dissect",
            "export",
            "field",
            "filter",
            "flow",
            "lab",
            "protocols",
        ],
    ),
    (
        "ui",
        &[
            "session",
            "capture",
            "dissect",
            "export",
            "field",
            "filter",
            "flow",
            "lab",
            "protocols",
        ],
    ),
    ("main", &["cli", "ui"]),
];

/// Where only one thing of a module is open to others: (who, whose, what).
const ONLY: &[(&str, &str, &[&str])] = &[
    // The faces make the registry; they know no protocol.
    ("cli", "protocols", &["registry"]),
    ("ui", "protocols", &["registry"]),
    // Addresses and facts are plain data; how a stream is followed is nobody's business.
    ("cli", "flow", &["address", "facts"]),
    ("ui", "flow", &["address", "facts"]),
];

/// Crates that only one place may name.
const CRATES: &[(&str, &str)] = &[
    ("egui", "src/ui/"),
    ("eframe", "src/ui/"),
    ("egui_extras", "src/ui/"),
    ("egui_plot", "src/ui/"),
    ("rfd", "src/ui/"),
    ("smoltcp", "src/lab/"),
    ("pcap", "src/capture/live.rs"),
];

/// Lines that a file may have. Tests beside a module count like everything else.
const LINES: usize = 800;

/// A source file with comments, texts and characters taken out, so that only code is left.
fn code_of(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skip = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at + 2)
        } else if let Some(hashes) = raw_string(rest) {
            let end = format!("\"{}", "#".repeat(hashes));
            let from = rest.find('"').unwrap_or(0) + 1;
            rest[from..]
                .find(&end)
                .map_or(rest.len(), |at| from + at + end.len())
        } else if c == '"' {
            string_end(rest)
        } else if c == '\'' {
            char_end(rest)
        } else {
            0
        };
        if skip > 0 {
            // What stood there must not join its neighbours; lines are kept, so that numbers hold.
            out.push(' ');
            out.extend(rest[..skip].chars().filter(|c| *c == '\n'));
            rest = &rest[skip..];
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    out
}

/// How many `#` a raw string that begins here has.
fn raw_string(rest: &str) -> Option<usize> {
    let after = rest.strip_prefix("br").or_else(|| rest.strip_prefix('r'))?;
    let hashes = after.len() - after.trim_start_matches('#').len();
    after[hashes..].starts_with('"').then_some(hashes)
}

fn string_end(rest: &str) -> usize {
    let mut escaped = false;
    for (at, c) in rest.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    rest.len()
}

/// The end of a character literal, or 1 for the mark of a lifetime.
fn char_end(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match chars.next() {
        Some((_, '\\')) => rest[2..].find('\'').map_or(1, |at| {
            // `'\''` has the mark twice.
            if at == 0 { 4 } else { at + 3 }
        }),
        Some(_) => chars
            .next()
            .filter(|(_, c)| *c == '\'')
            .map_or(1, |(at, _)| at + 1),
        None => 1,
    }
}

/// The paths that follow a prefix such as `crate::`, groups resolved one level deep: `crate::{a::X, b}` gives both.
fn paths_after<'a>(code: &'a str, prefix: &str) -> Vec<&'a str> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices(prefix) {
        let before = code[..at].chars().next_back();
        if before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':') {
            continue;
        }
        let rest = &code[at + prefix.len()..];
        match rest.strip_prefix('{') {
            None => found.push(path_at(rest)),
            Some(group) => {
                let (mut depth, mut start) = (0usize, 0);
                for (i, c) in group.char_indices() {
                    match c {
                        '{' => depth += 1,
                        '}' if depth == 0 => {
                            found.push(path_at(group[start..i].trim()));
                            break;
                        }
                        '}' => depth -= 1,
                        ',' if depth == 0 => {
                            found.push(path_at(group[start..i].trim()));
                            start = i + 1;
                        }
                        _ => {}
                    }
                }
            }
        }
    }
    found.retain(|p| !p.is_empty());
    found
}

/// The path at the beginning of a text: names and `::`.
fn path_at(text: &str) -> &str {
    let end = text
        .find(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'))
        .unwrap_or(text.len());
    text[..end].trim_end_matches(':')
}

/// The module of a file: the first part of its path below `src`.
fn module_of(file: &str) -> &str {
    let below = file.strip_prefix("src/").unwrap();
    below.split(['/', '.']).next().unwrap()
}

/// Every source file: its path below the package, and its text.
fn sources() -> Vec<(String, String)> {
    let files = files_below(&package("src"), &[".rs"]);
    assert!(files.len() > 50, "src/ was not found");
    files
        .iter()
        .map(|path| {
            let name = path.strip_prefix(package("")).unwrap();
            let name = name.to_string_lossy().replace('\\', "/");
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect()
}

#[test]
fn modules_import_only_whom_they_may() {
    let allowed: BTreeMap<&str, &[&str]> = MAY_IMPORT.iter().copied().collect();
    let mut wrong = Vec::new();
    for (file, source) in sources() {
        if file == "src/lib.rs" {
            continue;
        }
        let module = module_of(&file);
        let Some(may) = allowed.get(module) else {
            wrong.push(format!("{file}: {module} is not in the rule"));
            continue;
        };
        let code = code_of(&source);
        let mut paths = paths_after(&code, "crate::");
        paths.extend(paths_after(&code, "wireglass::"));
        for path in paths {
            let mut parts = path.split("::");
            let to = parts.next().unwrap();
            if to == module {
                continue;
            }
            // Macros and re-exports at the top (`fields!`, `issues!`) belong to `field`.
            let to = if matches!(to, "fields" | "issues") {
                "field"
            } else {
                to
            };
            if !may.contains(&to) {
                wrong.push(format!("{file}: {module} may not import {path}"));
            }
            for (who, whose, what) in ONLY {
                let part = parts.clone().next();
                if *who == module && *whose == to && part.is_some_and(|p| !what.contains(&p)) {
                    wrong.push(format!(
                        "{file}: of {whose}, {who} may name only {what:?}, not {path}"
                    ));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The dissectors of two protocols meet in the registry only: none calls another's.
#[test]
fn protocols_do_not_call_each_other() {
    let mut wrong = Vec::new();
    for (file, source) in sources() {
        let Some(own) = file.strip_prefix("src/protocols/") else {
            continue;
        };
        let own = own.split(['/', '.']).next().unwrap();
        let code = code_of(&source);
        for path in paths_after(&code, "crate::protocols::") {
            let other = path.split("::").next().unwrap();
            if other != own && path.ends_with("::dissect") {
                wrong.push(format!("{file}: calls {path}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn libraries_stay_in_their_places() {
    let mut wrong = Vec::new();
    for (file, source) in sources() {
        let code = code_of(&source);
        for (name, place) in CRATES {
            if file.starts_with(place) {
                continue;
            }
            let direct = paths_after(&code, &format!("{name}::"));
            // `pcap::` is also a module of ours, named from beside it.
            let ours = *name == "pcap" && file.starts_with("src/capture/");
            let imported = code.contains(&format!("use {name};"))
                || code.contains(&format!("use ::{name}"))
                || code.contains(&format!("extern crate {name}"));
            if (!direct.is_empty() && !ours) || imported {
                wrong.push(format!("{file}: {name} belongs in {place}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_unsafe_code() {
    let manifest = std::fs::read_to_string(package("Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"forbid\""));
    for (file, source) in sources() {
        let code = code_of(&source);
        let words: BTreeSet<&str> = code
            .split(|c: char| !(c.is_alphanumeric() || c == '_'))
            .collect();
        assert!(!words.contains("unsafe"), "{file} has unsafe code");
    }
}

#[test]
fn no_file_is_too_long() {
    let mut files = sources();
    for folder in ["tests", "benches"] {
        for path in files_below(&package(folder), &[".rs"]) {
            let name = path
                .strip_prefix(package(""))
                .unwrap()
                .to_string_lossy()
                .into_owned();
            files.push((name, std::fs::read_to_string(&path).unwrap()));
        }
    }
    let long: Vec<String> = files
        .iter()
        .map(|(file, source)| (file, source.lines().count()))
        .filter(|(_, lines)| *lines > LINES)
        .map(|(file, lines)| format!("{file} has {lines} lines; past {LINES}, split it"))
        .collect();
    assert!(long.is_empty(), "{}", long.join("\n"));
}

/// No module is a place for what has no place.
#[test]
fn no_catch_all_modules() {
    for (file, _) in sources() {
        let path = Path::new(&file);
        for part in path.with_extension("").iter() {
            let part = part.to_string_lossy();
            assert!(
                !matches!(
                    &*part,
                    "utils" | "util" | "types" | "common" | "helpers" | "misc"
                ),
                "{file}: say what it holds"
            );
        }
    }
}

#[test]
fn the_reader_of_code_reads_code() {
    let code = code_of(
        "use a; // crate::b\n\"crate::c\" r#\"crate::\"d\"# 'x' '\\'' '\\u{41}' &'static crate::e::F /* crate::g */",
    );
    assert_eq!(paths_after(&code, "crate::"), ["e::F"]);
    let code = code_of("use crate::{a::{X, y::Z}, b,\n c::D}; mycrate::e; crate::f::{g}");
    assert_eq!(paths_after(&code, "crate::"), ["a", "b", "c::D", "f"]);
    assert_eq!(module_of("src/field.rs"), "field");
    assert_eq!(module_of("src/ui/views/bytes.rs"), "ui");
}
