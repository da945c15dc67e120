//! Which parts of a filter are what, for colouring it while it is typed. Only its form is looked at: a text that is no
//! filter has parts too.

use std::ops::Range;

use super::check::SHORT;
use super::lex::{self, Kind};
use super::parse::KEYWORDS;
use crate::dissect::Registry;

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The name of a field, protocol, function or macro.
    Name,
    /// `and`, `contains`, ...
    Word,
    /// A number, address, text.
    Value,
    /// An operator, a parenthesis.
    Sign,
}

/// The parts in order, with their places (bytes); blanks are in none. Ends where the text stops to make sense.
pub fn parts(text: &str, registry: &Registry) -> Vec<(Range<usize>, Part)> {
    let tokens = lex::tokens_as_far_as_can_be(text);
    let mut out = Vec::with_capacity(tokens.len());
    for (i, token) in tokens.iter().enumerate() {
        let next = tokens.get(i + 1).map(|t| &t.kind);
        let part = match &token.kind {
            Kind::Word(word) if KEYWORDS.contains(&word.as_str()) => Part::Word,
            Kind::Word(word) => {
                let known = !registry.fields_named(word).is_empty()
                    || SHORT.iter().any(|(short, ..)| short == word)
                    || next == Some(&Kind::Sign("("));
                if known { Part::Name } else { Part::Value }
            }
            Kind::Name(_) | Kind::Reference(_) => Part::Name,
            Kind::Literal(_) | Kind::Text(_) | Kind::Char(_) => Part::Value,
            Kind::Brackets(_) | Kind::Sign(_) => Part::Sign,
        };
        out.push((token.span.clone(), part));
    }
    out
}
