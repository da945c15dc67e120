//! Display filters: from what the user types to a program that says whether a dissected frame is meant.
//!
//! The way of a filter: [`lex`] cuts the text into tokens, [`parse`] makes a [`syntax`] tree of them (every part knows its
//! place in the text), [`check`] finds the fields, converts the literals to the fields' types and refuses what does not fit,
//! and the [`program`] that comes out runs over a [`Tree`]. Names are looked up once; running it compares addresses of
//! fields and values, and allocates only for texts that it must make (`lower`, `string`, joined slices).
//!
//! The meaning is tshark's: `ip.addr == x` holds if any address is x, `ip.addr != x` if there is one and none is x, and
//! every comparison implies that the field is there.

pub mod build;
mod check;
pub mod complete;
pub mod compose;
mod eval;
mod lex;
mod literal;
pub mod macros;
pub mod paint;
mod parse;
mod program;
pub mod suggest;
pub mod syntax;

#[cfg(test)]
mod tests;

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use crate::dissect::{Protocol, Registry, Table, Tree, Want};

pub use macros::Macros;
pub use parse::{NESTING, TEXT_LIMIT};
pub use program::{Requirement, Touch, Touched};

/// A filter that was checked and is ready to run. Cheap to clone; the same program serves all threads.
#[derive(Clone)]
pub struct Filter {
    inner: Arc<Inner>,
}

struct Inner {
    text: String,
    program: program::Program,
    doubts: Vec<FilterError>,
    touch: Touch,
    requires: Requirement,
    /// By index in the registry: whether a protocol may have others of the link below it.
    links: Vec<bool>,
    want: Want,
}

/// Whether a protocol stands on a link: where the link's trailer begins is only known from what it carries.
fn is_on_link(protocol: &Protocol) -> bool {
    let link = |(table, _): &(Table, u32)| {
        matches!(table, Table::LinkType | Table::EtherType | Table::Ppp)
    };
    protocol.parents.iter().any(link)
}

/// What must be there of a frame for a filter that looks at this.
fn want(touch: &Touch, registry: &Registry) -> Want {
    let mut want = Want::NODES;
    if touch.anywhere || touch.fields.is_empty() {
        return want;
    }
    for Touched(field) in &touch.fields {
        want.fields |= Want::bit(*field);
        // Some protocols stand within the header of another (IPv6's extension headers).
        want.carriers |= registry
            .protocol_named(field.protocol())
            .map_or(0, Want::bit);
    }
    for protocol in touch.protocols.iter().filter_map(|p| registry.protocol(*p)) {
        want.carriers |= Want::bit(protocol);
        want.carriers |= registry
            .protocol_named(protocol.field.protocol())
            .map_or(0, Want::bit);
    }
    want
}

/// What is wrong with a filter, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilterError {
    /// One sentence.
    pub message: String,
    /// The place: bytes of the text. Empty at the end of the text when something is missing there.
    pub span: Range<usize>,
    /// What to write instead, where we can tell.
    pub hint: Option<String>,
    /// The same as a change of the text that can be made at once.
    pub fix: Option<Fix>,
}

/// A change of a filter's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What is replaced: bytes of the text.
    pub span: Range<usize>,
    /// By what.
    pub text: String,
}

impl Fix {
    /// The text with the change made.
    pub fn apply(&self, text: &str) -> String {
        let end = self.span.end.min(text.len());
        let start = self.span.start.min(end);
        match (text.get(..start), text.get(end..)) {
            (Some(before), Some(after)) => format!("{before}{}{after}", self.text),
            _ => text.to_owned(),
        }
    }
}

impl FilterError {
    pub(crate) fn new(span: Range<usize>, message: impl Into<String>) -> FilterError {
        FilterError {
            message: message.into(),
            span,
            hint: None,
            fix: None,
        }
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> FilterError {
        self.hint = Some(hint.into());
        self
    }

    pub(crate) fn fix(mut self, span: Range<usize>, text: impl Into<String>) -> FilterError {
        self.fix = Some(Fix {
            span,
            text: text.into(),
        });
        self
    }

    /// The filter's text with a mark under the place (`^~~~`), then the hint: for a terminal. Lines are indented by four.
    pub fn render(&self, text: &str) -> String {
        let mut start = self.span.start.min(text.len());
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        let mut end = self.span.end.clamp(start, text.len());
        while !text.is_char_boundary(end) {
            end += 1;
        }
        let one_line = |part: &str| part.replace(['\n', '\r', '\t'], " ");
        let marks = text[start..end].chars().count().saturating_sub(1);
        let mut out = format!(
            "    {}\n    {}^{}",
            one_line(text),
            " ".repeat(text[..start].chars().count()),
            "~".repeat(marks)
        );
        if let Some(hint) = &self.hint {
            out.push('\n');
            out.push_str(hint);
        }
        out
    }
}

impl fmt::Display for FilterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for FilterError {}

/// Make a filter of a text. An empty text is a filter that every frame passes.
pub fn compile(text: &str, registry: &Registry) -> Result<Filter, FilterError> {
    compile_with(text, registry, None)
}

/// The same with a selected frame (its tree and bytes), whose values `${field}` stands for. Without one it has none.
pub fn compile_with(
    text: &str,
    registry: &Registry,
    selected: Option<(&Tree, &[u8])>,
) -> Result<Filter, FilterError> {
    compile_using(text, registry, selected, Macros::NONE)
}

/// The same with macros: `$name(a,b)` stands for a piece of a filter (see [`macros`]). Places in errors are those of `text`.
pub fn compile_using(
    text: &str,
    registry: &Registry,
    selected: Option<(&Tree, &[u8])>,
    macros: &Macros,
) -> Result<Filter, FilterError> {
    let expanded = macros::expand(text, macros)?;
    if expanded.is_plain() {
        return compile_plain(text, text, registry, selected);
    }
    let back = |mut error: FilterError| {
        error.span = expanded.original(&error.span);
        // The change that would help is one of the macro's text.
        error.fix = None;
        error
    };
    let mut filter = compile_plain(&expanded.text, text, registry, selected).map_err(back)?;
    if let Some(inner) = Arc::get_mut(&mut filter.inner) {
        inner.doubts = std::mem::take(&mut inner.doubts)
            .into_iter()
            .map(back)
            .collect();
    }
    Ok(filter)
}

/// `text` is read; `shown` is what the user wrote.
fn compile_plain(
    text: &str,
    shown: &str,
    registry: &Registry,
    selected: Option<(&Tree, &[u8])>,
) -> Result<Filter, FilterError> {
    let tree = parse::parse(text)?;
    let checked = check::check(tree.as_ref(), registry, selected)?;
    let protocols = registry.protocols().iter().copied();
    Ok(Filter {
        inner: Arc::new(Inner {
            text: shown.to_owned(),
            requires: checked.program.requires(),
            program: checked.program,
            doubts: checked.doubts,
            links: protocols.map(is_on_link).collect(),
            want: want(&checked.touch, registry),
            touch: checked.touch,
        }),
    })
}

/// Only read a text: its syntax tree, or what is wrong with its form. `None` for an empty text.
pub fn parse(text: &str) -> Result<Option<syntax::Expr>, FilterError> {
    parse::parse(text)
}

impl Filter {
    /// Whether a dissected frame passes. `tree` needs its nodes (`Want::NODES`), no labels.
    pub fn matches(&self, tree: &Tree, frame: &[u8]) -> bool {
        self.inner.program.matches(tree, frame)
    }

    /// What is known without dissecting, from the protocols in a frame alone: `Some` if they decide, `None` if the frame
    /// must be dissected. `present` says whether a protocol (its index in the registry) is in the frame; `None`: not known.
    pub fn decide(&self, present: &dyn Fn(u16) -> Option<bool>) -> Option<bool> {
        self.inner.program.decide(present)
    }

    /// How deep a frame must be dissected ([`Want::until`](crate::dissect::Want::until)), from its whole chain of protocols,
    /// outermost first: as deep as the innermost protocol that the filter looks at. `None`: wholly.
    pub fn until(&self, chain: &[u16]) -> Option<u8> {
        let touch = &self.inner.touch;
        if touch.anywhere {
            return None;
        }
        let touched = |p: &u16| touch.protocols.binary_search(p).is_ok();
        let is_link = |p: &u16| self.inner.links.get(usize::from(*p)) == Some(&true);
        let last = chain.iter().rposition(touched)?;
        let carried = if is_link(&chain[last]) {
            chain[last + 1..].iter().take_while(|p| is_link(p)).count()
        } else {
            0
        };
        u8::try_from(last + carried).ok()
    }

    /// What must be there of a frame that is tried.
    pub fn want(&self) -> Want {
        self.inner.want
    }

    /// What must be in a frame's chain of protocols for the filter to pass: necessary, not sufficient.
    pub fn requires(&self) -> &Requirement {
        &self.inner.requires
    }

    /// Whether the filter only asks whether fields are there, and compares their own values with constants: then it can be run
    /// over nodes made of other sources than the frame's bytes.
    pub fn is_plain(&self) -> bool {
        self.inner.program.is_plain()
    }

    /// Which fields and protocols the filter looks at.
    pub fn touches(&self) -> &Touch {
        &self.inner.touch
    }

    /// The text it was made of.
    pub fn text(&self) -> &str {
        &self.inner.text
    }

    /// What is legal but probably not meant.
    pub fn doubts(&self) -> &[FilterError] {
        &self.inner.doubts
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Filter").field(&self.inner.text).finish()
    }
}
