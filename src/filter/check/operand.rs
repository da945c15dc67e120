//! Operands that take their values from the frame: fields, slices, functions, computations.

use super::kind::{Type, comparable, supports};
use super::{Checker, Result, error, mismatch, no_arithmetic, shown};
use crate::dissect::COMMON_FIELDS;
use crate::field::{Field, Kind};
use crate::filter::FilterError;
use crate::filter::eval::values;
use crate::filter::literal;
use crate::filter::program::{Owner, Selector, Source, Touched};
use crate::filter::suggest::nearest;
use crate::filter::syntax::{Operand, Part, What};

/// Short forms of our own, where no field has such a name: either end, of either protocol or version. With what each means.
pub(in crate::filter) const SHORT: &[(&str, &[&str], &str)] = &[
    ("port", &["tcp.port", "udp.port"], "either port, TCP or UDP"),
    (
        "host",
        &["ip.addr", "ipv6.addr"],
        "either address, IPv4 or IPv6",
    ),
    (
        "net",
        &["ip.addr", "ipv6.addr"],
        "either address, in a network",
    ),
];

/// Where the name of an operand stands: without the dot in front of it (`.tcp`) or what makes it a reference.
fn name_span(operand: &Operand) -> std::ops::Range<usize> {
    let span = operand.span.0.clone();
    match &operand.what {
        What::Name(_) => span.start + 1..span.end,
        What::Reference(name) => {
            // `${name}`, `${ name }` or `$name`.
            let rest = span.len().saturating_sub(name.len());
            let before = if rest > 1 { rest / 2 + 1 } else { rest };
            let start = (span.start + before).min(span.end);
            start..(start + name.len()).min(span.end)
        }
        _ => span,
    }
}

impl Checker<'_> {
    /// The left side of a comparison: something with values.
    pub(super) fn left(&mut self, operand: &Operand, sign: &str) -> Result<(Source, Type)> {
        match self.value(operand)? {
            Some(found) => Ok(found),
            None => match &operand.what {
                What::Word(word) => Err(self.unknown(operand, word)),
                _ => Err(error(
                    operand,
                    format!(
                        "On the left of \"{sign}\" stands a field or function, not {}.",
                        shown(operand)
                    ),
                )
                .hint("Exchange the two sides.")),
            },
        }
    }

    pub(super) fn source(&mut self, operand: &Operand) -> Result<(Source, Type)> {
        self.left(operand, "comparison")
    }

    /// A name that no field has.
    pub(super) fn unknown(&self, operand: &Operand, name: &str) -> FilterError {
        let numeric = literal::looks_like_number(name);
        let error = error(
            operand,
            if numeric {
                format!("{name} alone is no test: it is neither a field nor a protocol.")
            } else {
                format!("\"{name}\" is neither a field nor a protocol.")
            },
        );
        match (numeric, nearest(name, self.registry)) {
            (false, Some(found)) => error
                .hint(format!("Did you mean: {found}"))
                .fix(name_span(operand), found),
            _ => error,
        }
    }

    /// The fields that an operand names, with layer and rawness.
    pub(super) fn selector(&mut self, operand: &Operand) -> Result<(Selector, Type)> {
        match &operand.what {
            What::Word(name) | What::Name(name) => {
                self.named(name).ok_or_else(|| self.unknown(operand, name))
            }
            What::Layer(inner, parts) => {
                let (mut selector, kind) = self.selector(inner)?;
                selector.layers = Some(parts.clone());
                Ok((selector, kind))
            }
            What::Raw(inner) => {
                let (mut selector, kind) = self.selector(inner)?;
                selector.raw = true;
                let kind = Type {
                    field: kind.field,
                    ..Type::BYTES
                };
                Ok((selector, kind))
            }
            _ => Err(error(operand, format!("{} is no field.", shown(operand)))),
        }
    }

    /// The fields declared with a name, or those that one of our short forms stands for.
    fn declared(&self, name: &str) -> Vec<&'static Field> {
        let own = self.registry.fields_named(name);
        if !own.is_empty() {
            return own.to_vec();
        }
        SHORT
            .iter()
            .filter(|(short, ..)| *short == name)
            .flat_map(|(_, names, _)| names.iter())
            .flat_map(|name| self.registry.fields_named(name))
            .copied()
            .collect()
    }

    /// The fields of a name: those declared with it, and those that say "also" to one of them.
    pub(super) fn named(&mut self, name: &str) -> Option<(Selector, Type)> {
        let own = self.declared(name);
        let first = *own.first()?;
        if first.kind == Kind::Text {
            return None;
        }
        let mut fields = own.clone();
        let is_own = |field: &Field| {
            own.iter()
                .any(|f| std::ptr::eq(*f, field) || f.abbrev == field.abbrev)
        };
        for (_, list) in self.registry.all_fields() {
            for field in list.iter().copied() {
                if field.also.iter().any(|a| is_own(a))
                    && !fields.iter().any(|f| std::ptr::eq(*f, field))
                {
                    fields.push(field);
                }
            }
        }
        let owner = self.owner(&fields);
        self.names.extend(own.iter().map(|f| f.abbrev));
        for field in fields.iter().copied().map(Touched) {
            if !self.fields.contains(&field) {
                self.fields.push(field);
            }
        }
        match &owner {
            Owner::Protocol(index) => {
                self.protocols.insert(*index);
            }
            Owner::OneOf(list) => self.protocols.extend(list),
            Owner::Anybody => self.anywhere = true,
        }
        let kind = Type {
            kind: first.kind,
            field: Some(first),
            slice: false,
        };
        let selector = Selector {
            fields,
            layers: None,
            raw: false,
            whole: false,
            owner,
        };
        Some((selector, kind))
    }

    /// Which protocols declare these fields.
    pub(super) fn owner(&self, fields: &[&'static Field]) -> Owner {
        let is_common =
            |field: &&'static Field| COMMON_FIELDS.iter().any(|c| std::ptr::eq(*c, *field));
        if fields.iter().any(is_common) {
            return Owner::Anybody;
        }
        let mut owners = Vec::new();
        let mut itself = None;
        for (index, protocol) in self.registry.protocols().iter().enumerate() {
            let Ok(index) = u16::try_from(index) else {
                return Owner::Anybody;
            };
            let is_one = |field: &&'static Field| fields.iter().any(|f| std::ptr::eq(*f, *field));
            if fields.iter().any(|f| std::ptr::eq(*f, &protocol.field)) {
                itself = Some(index);
            }
            if is_one(&&protocol.field)
                || protocol.fields.iter().any(is_one)
                || protocol.issues.iter().any(|i| is_one(&&i.field))
            {
                owners.push(index);
            }
        }
        // What nobody knows is shown as data, and comments are not in the frame at all: the chain of protocols does not always
        // tell of them.
        let is_apart = |index: &u16| {
            let protocol = self.registry.protocol(*index);
            protocol.is_some_and(|p| matches!(p.field.abbrev, "data" | "pkt_comment"))
        };
        if owners.iter().any(is_apart) {
            return Owner::Anybody;
        }
        if itself.is_none() && !owners.is_empty() {
            // A protocol without fields of its own uses those of a relative (mdns those of dns).
            let relatives = self.registry.protocols().iter().enumerate();
            owners.extend(
                relatives
                    // What is found by its content type is text or a picture, without anybody's fields.
                    .filter(|(_, p)| p.fields.is_empty() && p.media.is_empty())
                    .filter_map(|(index, _)| u16::try_from(index).ok()),
            );
        }
        match (itself, fields.len(), owners.len()) {
            (_, _, 0) => Owner::Anybody,
            (Some(index), 1, 1) => Owner::Protocol(index),
            _ => Owner::OneOf(owners),
        }
    }

    /// A value that comes from the frame; `None` if the operand is a literal.
    pub(super) fn value(&mut self, operand: &Operand) -> Result<Option<(Source, Type)>> {
        Ok(Some(match &operand.what {
            What::Word(name) => match self.named(name) {
                Some((selector, kind)) => (Source::Field(selector), kind),
                None => return Ok(None),
            },
            What::Name(_) | What::Raw(_) | What::Layer(..) => {
                let (selector, kind) = self.selector(operand)?;
                (Source::Field(selector), kind)
            }
            What::Reference(name) => {
                let (selector, kind) = self
                    .named(name)
                    .ok_or_else(|| self.unknown(operand, name))?;
                let values = match self.selected {
                    Some((tree, frame)) => values(&Source::Field(selector), tree, frame),
                    None => Vec::new(),
                };
                (Source::Given(values), kind)
            }
            What::Slice(inner, parts) => self.slice(inner, parts)?,
            What::Call(name, arguments) => self.call(operand, name, arguments)?,
            What::Negative(inner) => match self.value(inner)? {
                Some((source, kind)) => {
                    if !kind.is_integer()
                        && !matches!(kind.kind, Kind::F32 | Kind::F64 | Kind::RelTime)
                    {
                        return Err(no_arithmetic(inner, kind, "-"));
                    }
                    (Source::Negative(Box::new(source)), kind)
                }
                None => return Ok(None),
            },
            What::Arithmetic(op, left, right) => {
                let Some((source, kind)) = self.value(left)? else {
                    // With a literal on the left the whole is one, or (`1 + frame.number`) refused.
                    if self.value(right)?.is_some() {
                        return Err(error(
                            left,
                            format!(
                                "{} is a literal: the field stands on the left.",
                                shown(left)
                            ),
                        )
                        .hint(format!(
                            "Write {} {} {}",
                            shown(right),
                            op.sign(),
                            shown(left)
                        )));
                    }
                    return Ok(None);
                };
                if !supports(*op, kind) {
                    return Err(no_arithmetic(left, kind, op.sign()));
                }
                let right = match self.value(right)? {
                    Some((value, value_type)) => {
                        if !comparable(kind, value_type) {
                            return Err(mismatch(left, kind, right, value_type));
                        }
                        value
                    }
                    None => match self.arithmetic_constant(right, kind)? {
                        Some(computed) => computed,
                        None => Source::Constant(self.constant(right, kind, false)?),
                    },
                };
                let result = if kind.has_bytes() {
                    kind
                } else {
                    Type {
                        field: None,
                        ..kind
                    }
                };
                (
                    Source::Arithmetic(*op, Box::new(source), Box::new(right)),
                    result,
                )
            }
            What::Literal(_) | What::Text(_) | What::Char(_) => return Ok(None),
        }))
    }

    pub(super) fn slice(&mut self, inner: &Operand, parts: &[Part]) -> Result<(Source, Type)> {
        let (source, kind) = self.left(inner, "[")?;
        if !kind.has_bytes() {
            return Err(error(
                inner,
                format!(
                    "{} is of the type \"{}\", which has no bytes to take a part of.",
                    shown(inner),
                    kind.title()
                ),
            )
            .hint(format!(
                "Its bytes as they are in the packet: @{}[...]",
                shown(inner)
            )));
        }
        let text = kind.kind == Kind::Str && !kind.slice;
        let source = Source::Slice {
            of: Box::new(source),
            parts: parts.to_vec(),
            text,
        };
        Ok((source, Type::BYTES))
    }
}
