//! Completion: what may stand where the caret is, for a text that is being typed. Pure: text, caret and registry in,
//! proposals out.

use std::cmp::Ordering;
use std::ops::Range;

use super::check::{FUNCTIONS, SHORT};
use super::compose::quoted;
use super::lex::{self, Kind as TokenKind, Token};
use super::literal;
use super::macros::Macros;
use crate::dissect::Registry;
use crate::field::{Field, Kind, Names};

/// No more proposals than this are made; the best ones come first.
pub const MOST: usize = 200;
/// Of the names of a field's values this many are looked at.
const NAMES: usize = 4096;

/// What stands in for a part of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The part that a proposal replaces: bytes of the text, the caret at its end or within.
    pub replace: Range<usize>,
    /// The proposals, the best first.
    pub proposals: Vec<Proposal>,
    /// How many there would be without the limit.
    pub total: usize,
}

/// What a proposal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// A protocol.
    Protocol,
    /// A field.
    Field,
    /// The name of a value.
    Value,
    /// A function.
    Function,
    /// An operator.
    Operator,
    /// A macro.
    Macro,
}

/// One proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What is put into the text.
    pub text: String,
    /// What it is.
    pub what: What,
    /// What it is called: the field's label, the protocol's title.
    pub label: String,
    /// Its type, or a value's number.
    pub detail: String,
}

impl Completion {
    /// The text with a proposal put in, and where the caret is then.
    pub fn accept(&self, text: &str, proposal: &Proposal) -> (String, usize) {
        let end = self.replace.end.min(text.len());
        let start = self.replace.start.min(end);
        let (Some(before), Some(after)) = (text.get(..start), text.get(end..)) else {
            return (text.to_owned(), text.len());
        };
        let caret = start + proposal.text.len();
        (format!("{before}{}{after}", proposal.text), caret)
    }
}

/// What the caret stands in.
enum Place {
    /// A name is expected: of a field, a protocol, a function.
    Name,
    /// A field's name only: inside `${ }`.
    Reference,
    /// A macro's name: behind `$`.
    Macro,
    /// A value of this field.
    Value(&'static Field),
    /// An operator that fits a value of this kind, or one between tests.
    Operator(Option<&'static Field>),
    /// Nothing can be proposed.
    Nothing,
}

/// The proposals for a text with the caret at this byte. `asked`: the user asked for them, so there are also some where
/// nothing is typed yet.
pub fn complete(
    text: &str,
    caret: usize,
    registry: &Registry,
    macros: &Macros,
    asked: bool,
) -> Completion {
    let mut caret = caret.min(text.len());
    while !text.is_char_boundary(caret) {
        caret -= 1;
    }
    let start = word_start(text, caret);
    let (place, start) = place(text, start, registry);
    let end = word_end(text, caret);
    let typed = &text[start..caret];
    let mut proposals = match place {
        _ if typed.is_empty() && !asked => Vec::new(),
        Place::Name => names(typed, registry, false),
        Place::Reference => names(typed, registry, true),
        Place::Macro => macros_named(typed, macros),
        Place::Value(field) => values(typed, field),
        Place::Operator(field) => operators(typed, field),
        Place::Nothing => Vec::new(),
    };
    // What is there already needs no proposal.
    if let [only] = proposals.as_slice()
        && only.text == text[start..end]
    {
        proposals.clear();
    }
    let total = proposals.len();
    proposals.truncate(MOST);
    Completion {
        replace: start..end,
        proposals,
        total,
    }
}

fn is_word(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '-' | ':')
}

/// Where the word begins that ends at the caret.
fn word_start(text: &str, caret: usize) -> usize {
    text[..caret]
        .char_indices()
        .rev()
        .take_while(|(_, c)| is_word(*c))
        .last()
        .map_or(caret, |(at, _)| at)
}

/// Where the word ends that the caret is in.
fn word_end(text: &str, caret: usize) -> usize {
    let rest = &text[caret..];
    caret + rest.find(|c| !is_word(c)).unwrap_or(rest.len())
}

/// What is expected at `start`, judged by what stands before it; and where the part begins that is to be replaced (an open
/// quote belongs to it).
fn place(text: &str, start: usize, registry: &Registry) -> (Place, usize) {
    let before = &text[..start];
    if before.ends_with("${") {
        return (Place::Reference, start);
    }
    if before.ends_with('$') {
        return (Place::Macro, start);
    }
    if let Some(quote) = open_quote(before) {
        let value = match lex::tokens(&text[..quote]) {
            Ok(tokens) => match after(&tokens, registry) {
                Place::Value(field) => Place::Value(field),
                _ => Place::Nothing,
            },
            Err(_) => Place::Nothing,
        };
        return (value, quote);
    }
    match lex::tokens(before) {
        Ok(tokens) => (after(&tokens, registry), start),
        Err(_) => (Place::Nothing, start),
    }
}

/// Where a quoted text begins that is not closed.
fn open_quote(text: &str) -> Option<usize> {
    let mut open = None;
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if open.is_some() => escaped = true,
            '"' if open.is_some() => open = None,
            '"' => open = Some(at),
            _ => {}
        }
    }
    open
}

const COMPARISONS: &[&str] = &[
    "==", "!=", "===", "!==", "~=", ">", "<", ">=", "<=", "eq", "ne", "gt", "lt", "ge", "le",
    "any_eq", "any_ne", "all_eq", "all_ne", "=",
];

/// What may follow these tokens.
fn after(tokens: &[Token], registry: &Registry) -> Place {
    let Some((last, before)) = tokens.split_last() else {
        return Place::Name;
    };
    let word = match &last.kind {
        TokenKind::Sign(sign) => *sign,
        TokenKind::Word(word) => word.as_str(),
        TokenKind::Brackets(_) | TokenKind::Text(_) | TokenKind::Char(_) => {
            return Place::Operator(None);
        }
        TokenKind::Name(name) => return Place::Operator(field(name, registry)),
        TokenKind::Literal(_) | TokenKind::Reference(_) => return Place::Operator(None),
    };
    if COMPARISONS.contains(&word) {
        return subject(before, registry).map_or(Place::Name, Place::Value);
    }
    match word {
        "contains" | "matches" | "~" | "#" | "-" | "+" | "*" | "/" | "%" | "&" => Place::Nothing,
        "{" | "," | ".." => set_subject(before, registry),
        "and" | "or" | "xor" | "not" | "any" | "all" | "&&" | "||" | "^^" | "!" | "(" | "@" => {
            Place::Name
        }
        ")" | "}" => Place::Operator(None),
        "in" => Place::Nothing,
        word => Place::Operator(field(word, registry)),
    }
}

/// The field that a comparison is about: the last of these tokens.
fn subject(tokens: &[Token], registry: &Registry) -> Option<&'static Field> {
    match &tokens.last()?.kind {
        TokenKind::Word(name) | TokenKind::Name(name) => field(name, registry),
        _ => None,
    }
}

/// The field that a set is about, from inside of it: `dns.qry.type in {1, `.
fn set_subject(tokens: &[Token], registry: &Registry) -> Place {
    let is_in = |t: &Token| t.kind == TokenKind::Word("in".to_owned());
    let Some(at) = tokens.iter().rposition(is_in) else {
        // Between the arguments of a function, or in braces of arithmetic.
        return Place::Name;
    };
    let closed = tokens[at..].iter().any(|t| t.kind == TokenKind::Sign("}"));
    if closed {
        return Place::Name;
    }
    let end = match at.checked_sub(1).map(|i| &tokens[i].kind) {
        Some(TokenKind::Word(word)) if word == "not" => at - 1,
        _ => at,
    };
    subject(&tokens[..end], registry).map_or(Place::Nothing, Place::Value)
}

fn field(name: &str, registry: &Registry) -> Option<&'static Field> {
    let fields = registry.fields_named(name);
    // Of several the one with names for its values can say more.
    fields
        .iter()
        .find(|f| literal::has_names(f))
        .or_else(|| fields.first())
        .copied()
}

// ---- proposals --------------------------------------------------------------------------------------------------------

/// How well a name fits what was typed; smaller is better. `None`: not at all.
fn rank(name: &str, label: &str, typed: &str) -> Option<u8> {
    let starts = |text: &str| {
        text.get(..typed.len())
            .is_some_and(|t| t.eq_ignore_ascii_case(typed))
    };
    if starts(name) {
        return Some(0);
    }
    // Two letters occur everywhere; from three on a search is meant.
    if typed.len() < 3 {
        return None;
    }
    let part = |text: &str| find_ignoring_case(text, typed);
    match part(name) {
        Some(at) if name[..at].ends_with(['.', '_']) => Some(1),
        Some(_) => Some(3),
        None => part(label).map(|at| {
            if at == 0 || label[..at].ends_with(' ') {
                2
            } else {
                4
            }
        }),
    }
}

/// Where `part` stands in `text`, whatever the capitals of ASCII letters.
pub fn find_ignoring_case(text: &str, part: &str) -> Option<usize> {
    let (text_bytes, part) = (text.as_bytes(), part.as_bytes());
    if part.is_empty() {
        return Some(0);
    }
    text_bytes
        .windows(part.len())
        .enumerate()
        .find(|(at, w)| w.eq_ignore_ascii_case(part) && text.is_char_boundary(*at))
        .map(|(at, _)| at)
}

/// Names of protocols and fields; functions and short forms, unless only fields are wanted.
fn names(typed: &str, registry: &Registry, only_fields: bool) -> Vec<Proposal> {
    let mut found: Vec<(u8, bool, Proposal)> = Vec::new();
    for (name, fields) in registry.all_fields() {
        let Some(field) = fields.first() else {
            continue;
        };
        if name.is_empty() || field.kind == Kind::Text {
            continue;
        }
        let Some(rank) = rank(name, field.label, typed) else {
            continue;
        };
        let protocol = field.kind == Kind::Protocol;
        found.push((
            rank,
            !protocol,
            Proposal {
                text: name.to_owned(),
                what: if protocol {
                    What::Protocol
                } else {
                    What::Field
                },
                label: field.label.to_owned(),
                detail: field.kind.title().to_owned(),
            },
        ));
    }
    if !only_fields {
        let own = SHORT
            .iter()
            .map(|(name, _, help)| (*name, *help, What::Field, "Short form"));
        let functions = FUNCTIONS
            .iter()
            .map(|(name, help)| (*name, *help, What::Function, "Function"));
        for (name, help, what, detail) in own.chain(functions) {
            if name
                .get(..typed.len())
                .is_some_and(|t| t.eq_ignore_ascii_case(typed))
                && registry.fields_named(name).is_empty()
            {
                let text = match what {
                    What::Function => format!("{name}("),
                    _ => name.to_owned(),
                };
                found.push((
                    0,
                    true,
                    Proposal {
                        text,
                        what,
                        label: help.to_owned(),
                        detail: detail.to_owned(),
                    },
                ));
            }
        }
    }
    found.sort_by(|(rank_a, field_a, a), (rank_b, field_b, b)| {
        rank_a
            .cmp(rank_b)
            .then(field_a.cmp(field_b))
            .then_with(|| by_name(&a.text, &b.text))
    });
    found.into_iter().map(|(_, _, p)| p).collect()
}

/// By the parts between dots, so that `tcp.flags` and what is below it stay together.
pub fn by_name(a: &str, b: &str) -> Ordering {
    a.split('.').cmp(b.split('.'))
}

fn macros_named(typed: &str, macros: &Macros) -> Vec<Proposal> {
    macros
        .iter()
        .filter(|(name, _)| {
            name.get(..typed.len())
                .is_some_and(|t| t.eq_ignore_ascii_case(typed))
        })
        .map(|(name, text)| Proposal {
            text: format!("{name}("),
            what: What::Macro,
            label: text.to_owned(),
            detail: "Macro".to_owned(),
        })
        .collect()
}

/// The values of a field that have names: number and name, the first [`NAMES`].
pub fn named_values(field: &'static Field) -> Vec<(u64, &'static str)> {
    let mut out: Vec<(u64, &'static str)> = match field.names {
        Names::Values(values) => values.iter().take(NAMES).copied().collect(),
        Names::Ranges(ranges) => ranges
            .iter()
            .take(NAMES)
            .map(|(low, _, name)| (*low, *name))
            .collect(),
        Names::Lookup(lookup) => (0..=0xffff)
            .filter_map(|v| lookup(v).map(|n| (v, n)))
            .take(NAMES)
            .collect(),
        Names::Bool(no, yes) => vec![(1, yes), (0, no)],
        Names::None | Names::Unit(..) | Names::Custom(_) => Vec::new(),
    };
    if out.is_empty() && field.kind == Kind::Bool {
        out = vec![(1, "True"), (0, "False")];
    }
    out.dedup();
    out
}

/// How a named value is written in a filter: by its name where that leads back to it, else by its number.
pub fn value_literal(field: &'static Field, value: u64, name: &str) -> String {
    if field.kind == Kind::Bool {
        return if value == 0 { "False" } else { "True" }.to_owned();
    }
    if literal::named(field, name) == Some(value) {
        quoted(name.as_bytes())
    } else {
        value.to_string()
    }
}

fn values(typed: &str, field: &'static Field) -> Vec<Proposal> {
    let quote = typed.starts_with('"');
    let typed = typed.trim_start_matches('"');
    let mut found: Vec<(u8, Proposal)> = named_values(field)
        .into_iter()
        .filter_map(|(value, name)| {
            let number = value.to_string();
            let text = value_literal(field, value, name);
            let as_typed = number.starts_with(typed)
                || text
                    .get(..typed.len())
                    .is_some_and(|t| t.eq_ignore_ascii_case(typed));
            let rank = if typed.is_empty() || (as_typed && !quote) {
                0
            } else {
                find_ignoring_case(name, typed)
                    .map(|at| u8::from(at != 0))
                    .filter(|rank| *rank == 0 || typed.len() >= 2)?
            };
            Some((
                rank,
                Proposal {
                    text,
                    what: What::Value,
                    label: name.to_owned(),
                    detail: number,
                },
            ))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, p)| p).collect()
}

/// Signs and words between a field and what it is compared with, and between tests.
const OPERATORS: &[(&str, &str, Fits)] = &[
    ("==", "any value is equal", Fits::Values),
    ("!=", "no value is equal", Fits::Values),
    (">", "greater", Fits::Values),
    ("<", "less", Fits::Values),
    (">=", "greater or equal", Fits::Values),
    ("<=", "less or equal", Fits::Values),
    ("in {", "one of several values or ranges", Fits::Values),
    ("contains", "has this within", Fits::Texts),
    ("matches", "fits this regular expression", Fits::Texts),
    ("===", "all values are equal", Fits::Values),
    ("!==", "any value differs", Fits::Values),
    ("and", "both hold", Fits::Tests),
    ("or", "at least one holds", Fits::Tests),
    ("xor", "one holds, but not both", Fits::Tests),
];

/// Behind what an operator may stand.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Fits {
    Values,
    Texts,
    Tests,
}

/// Whether texts and bytes can be searched in values of a kind.
pub fn searchable(kind: Kind) -> bool {
    matches!(
        kind,
        Kind::Str | Kind::Bytes | Kind::Protocol | Kind::Ether | Kind::Oid
    )
}

fn operators(typed: &str, field: Option<&'static Field>) -> Vec<Proposal> {
    let fits = |fits: Fits| match (fits, field) {
        (Fits::Tests, _) | (_, None) => true,
        (Fits::Values, Some(field)) => !matches!(field.kind, Kind::None | Kind::Protocol),
        (Fits::Texts, Some(field)) => searchable(field.kind),
    };
    OPERATORS
        .iter()
        .filter(|(sign, _, wants)| fits(*wants) && sign.starts_with(typed))
        .map(|(sign, help, _)| Proposal {
            text: (*sign).to_owned(),
            what: What::Operator,
            label: (*help).to_owned(),
            detail: "Operator".to_owned(),
        })
        .collect()
}
