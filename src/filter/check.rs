//! From the syntax tree to the program: fields are found, literals converted, and what does not fit is refused.

use std::collections::BTreeSet;

use memchr::memmem::Finder;
use regex::bytes::RegexBuilder;

use super::FilterError;
use super::literal;
use super::parse::set_meant;
use super::program::{
    Constant, Order, Owner, Predicate, Program, Relation, Selector, Source, Test, Touch,
};
use super::suggest::nearest;
use super::syntax::{Arithmetic, Comparison, Expr, Operand, Part, Quantifier, What};
use crate::dissect::{COMMON_FIELDS, Registry};
use crate::field::{Field, Kind};

/// A filter that was found to make sense.
pub(super) struct Checked {
    pub program: Program,
    pub doubts: Vec<FilterError>,
    pub touch: Touch,
}

/// Check a syntax tree; `None` is the empty filter.
pub(super) fn check(expr: Option<&Expr>, registry: &Registry) -> Result<Checked> {
    let mut checker = Checker {
        registry,
        doubts: Vec::new(),
        names: BTreeSet::new(),
        protocols: BTreeSet::new(),
    };
    let root = match expr {
        Some(expr) => checker.expr(expr)?,
        None => Predicate::Always,
    };
    Ok(Checked {
        program: Program { root },
        doubts: checker.doubts,
        touch: Touch {
            names: checker.names.into_iter().collect(),
            protocols: checker.protocols.into_iter().collect(),
        },
    })
}

type Result<T, E = FilterError> = std::result::Result<T, E>;

struct Checker<'r> {
    registry: &'r Registry,
    doubts: Vec<FilterError>,
    names: BTreeSet<&'static str>,
    protocols: BTreeSet<u16>,
}

/// What a source's values are, for converting literals and refusing what cannot be compared.
#[derive(Clone, Copy, Debug)]
struct Type {
    kind: Kind,
    /// The field whose value names may be used, and which is named in messages.
    field: Option<&'static Field>,
    /// A slice or raw bytes: bytes that anything made of bytes can be compared with.
    slice: bool,
}

impl Type {
    const fn plain(kind: Kind) -> Type {
        Type {
            kind,
            field: None,
            slice: false,
        }
    }

    const BYTES: Type = Type {
        kind: Kind::Bytes,
        field: None,
        slice: true,
    };

    fn is_integer(self) -> bool {
        is_integer(self.kind)
    }

    /// Made of bytes: can be sliced and compared with a slice.
    fn has_bytes(self) -> bool {
        matches!(
            self.kind,
            Kind::Protocol
                | Kind::Str
                | Kind::Bytes
                | Kind::Ether
                | Kind::Ipv4
                | Kind::Ipv6
                | Kind::Guid
                | Kind::Oid
        )
    }

    fn searchable(self) -> bool {
        matches!(
            self.kind,
            Kind::Protocol | Kind::Str | Kind::Bytes | Kind::Ether | Kind::Oid
        )
    }

    /// The type in words, for messages.
    fn title(self) -> String {
        if self.slice {
            "bytes".to_owned()
        } else {
            self.kind.title().to_lowercase()
        }
    }
}

fn is_integer(kind: Kind) -> bool {
    kind.is_unsigned() || kind.is_signed() || matches!(kind, Kind::Char | Kind::Frame)
}

/// Whether values of two types can be compared.
fn comparable(left: Type, right: Type) -> bool {
    if left.slice || right.slice {
        return left.has_bytes() && right.has_bytes();
    }
    match (left.kind, right.kind) {
        (a, b) if a == b => true,
        (a, b) if is_integer(a) && (is_integer(b) || b == Kind::Bool) => true,
        (Kind::F32 | Kind::F64, Kind::F32 | Kind::F64) => true,
        (Kind::Str | Kind::Oid, Kind::Str | Kind::Oid) => true,
        _ => false,
    }
}

fn error(operand: &Operand, message: impl Into<String>) -> FilterError {
    FilterError::new(operand.span.0.clone(), message)
}

/// An operand as it reads, for messages.
fn shown(operand: &Operand) -> String {
    operand.to_string()
}

impl Checker<'_> {
    // ---- combinations -------------------------------------------------------------------------------------------------

    fn expr(&mut self, expr: &Expr) -> Result<Predicate> {
        match expr {
            Expr::Not(inner) => Ok(Predicate::Not(Box::new(self.expr(inner)?))),
            Expr::And(list) => Ok(Predicate::All(self.list(list)?)),
            Expr::Xor(list) => Ok(Predicate::Odd(self.list(list)?)),
            Expr::Or(list) => match self.list(list) {
                Ok(list) => Ok(Predicate::Any(list)),
                Err(error) => Err(match set_meant(expr) {
                    Some(meant) => error.hint(format!("Did you mean: {meant}")),
                    None => error,
                }),
            },
            Expr::Test(operand) => self.test(operand),
            Expr::Compare {
                quantifier,
                op,
                left,
                right,
                ..
            } => self.comparison(*quantifier, *op, left, right),
            Expr::In {
                quantifier,
                negated,
                left,
                items,
            } => {
                let inside = self.membership(*quantifier, left, items)?;
                Ok(if *negated {
                    Predicate::Not(Box::new(inside))
                } else {
                    inside
                })
            }
        }
    }

    fn list(&mut self, list: &[Expr]) -> Result<Vec<Predicate>> {
        list.iter().map(|part| self.expr(part)).collect()
    }

    // ---- tests --------------------------------------------------------------------------------------------------------

    /// Something on its own: present, or not zero.
    fn test(&mut self, operand: &Operand) -> Result<Predicate> {
        match &operand.what {
            What::Word(_) | What::Name(_) | What::Raw(_) | What::Layer(..) => {
                let (selector, _) = self.selector(operand)?;
                Ok(Predicate::Present(selector))
            }
            What::Slice(..) => {
                let (source, _) = self.source(operand)?;
                // Present if it has any value at all.
                Ok(Predicate::Test {
                    source,
                    all: false,
                    test: Test::Compare(Order::Ge, Constant::Bytes(Vec::new())),
                })
            }
            What::Arithmetic(..) | What::Negative(_) => {
                let (source, _) = self.source(operand)?;
                Ok(Predicate::Truth(source))
            }
            What::Call(name, _) => {
                self.source(operand)?;
                Err(error(
                    operand,
                    format!("{name}() gives a value: compare it with something."),
                )
                .hint(format!("For example: {} > 0", shown(operand))))
            }
            What::Literal(_) | What::Text(_) | What::Char(_) | What::Reference(_) => Err(error(
                operand,
                format!("{} alone is no test.", shown(operand)),
            )
            .hint("A test is a field's or protocol's name, or a comparison with a field.")),
        }
    }

    fn comparison(
        &mut self,
        quantifier: Option<Quantifier>,
        op: Comparison,
        left: &Operand,
        right: &Operand,
    ) -> Result<Predicate> {
        let (order, by_default) = match op {
            Comparison::Eq => (Some(Order::Eq), Quantifier::Any),
            Comparison::Ne => (Some(Order::Ne), Quantifier::All),
            Comparison::AllEq => (Some(Order::Eq), Quantifier::All),
            Comparison::AnyNe => (Some(Order::Ne), Quantifier::Any),
            Comparison::Gt => (Some(Order::Gt), Quantifier::Any),
            Comparison::Lt => (Some(Order::Lt), Quantifier::Any),
            Comparison::Ge => (Some(Order::Ge), Quantifier::Any),
            Comparison::Le => (Some(Order::Le), Quantifier::Any),
            Comparison::Contains | Comparison::Matches => (None, Quantifier::Any),
        };
        let all = quantifier.unwrap_or(by_default) == Quantifier::All;
        let (source, kind) = self.left(left, op.sign())?;
        if order.is_none() && !kind.searchable() {
            return Err(error(
                left,
                format!(
                    "{} is of the type \"{}\", in which nothing can be searched with {}.",
                    shown(left),
                    kind.title(),
                    op.sign()
                ),
            )
            .hint(format!(
                "Compare its value, or search in its text: string({}) {} ...",
                shown(left),
                op.sign()
            )));
        }
        if kind.kind == Kind::None {
            return Err(error(
                left,
                format!("{} has no value that could be compared.", shown(left)),
            )
            .hint(format!(
                "To ask whether it is there, write only: {}",
                shown(left)
            )));
        }
        if op == Comparison::Matches {
            let test = self.pattern(right)?;
            return Ok(self.spread(source, all, |_| Some(test.clone())));
        }
        self.doubt(op, quantifier, left, &source);
        if let Some((value, value_type)) = self.value(right)? {
            let fits = if order.is_none() {
                value_type.has_bytes() && comparable(kind, value_type)
            } else {
                comparable(kind, value_type)
            };
            if !fits {
                return Err(mismatch(left, kind, right, value_type));
            }
            return Ok(Predicate::Pair {
                left: source,
                relation: order.map_or(Relation::Contains, Relation::Order),
                all,
                right: value,
            });
        }
        let contains = order.is_none();
        if let Some(constant) = self.arithmetic_constant(right, kind)? {
            // A literal with operators: computed at run time.
            return Ok(Predicate::Pair {
                left: source,
                relation: order.map_or(Relation::Contains, Relation::Order),
                all,
                right: constant,
            });
        }
        // One name may stand for fields of several types: the literal must fit one of them.
        let first = self.constant(right, kind, contains)?;
        let test = |constant: Constant, kind: Kind| match (order, constant) {
            // tshark's way with a negative number where there is none: it only ever differs.
            (Some(Order::Eq | Order::Ne), c) => Test::Compare(order.unwrap_or(Order::Eq), c),
            (Some(_), Constant::I(n)) if n < 0 && (kind.is_unsigned() || kind == Kind::Frame) => {
                Test::OneOf(Vec::new())
            }
            (Some(order), c) => Test::Compare(order, c),
            (None, Constant::Bytes(b)) => Test::Contains(Finder::new(&b).into_owned()),
            (None, _) => Test::OneOf(Vec::new()),
        };
        let chosen = kind.kind;
        let made = self.spread(source, all, |field| match field {
            Some(field) if field.kind != chosen => {
                let kind = Type {
                    kind: field.kind,
                    field: Some(field),
                    slice: false,
                };
                let constant = self.constant(right, kind, contains).ok()?;
                Some(test(constant, field.kind))
            }
            _ => Some(test(first.clone(), chosen)),
        });
        Ok(made)
    }

    /// Run a test over a source, apart for each type if the fields of a name have several. `make` gives the test for a
    /// field's type (`None`: of a computed value), or nothing if that type cannot satisfy it.
    fn spread(
        &self,
        source: Source,
        all: bool,
        make: impl Fn(Option<&'static Field>) -> Option<Test>,
    ) -> Predicate {
        let never = || Test::OneOf(Vec::new());
        let Source::Field(selector) = &source else {
            let test = make(None).unwrap_or_else(never);
            return Predicate::Test { source, all, test };
        };
        let mut groups: Vec<(Kind, Vec<&'static Field>)> = Vec::new();
        for field in &selector.fields {
            match groups.iter_mut().find(|(kind, _)| *kind == field.kind) {
                Some((_, list)) => list.push(field),
                None => groups.push((field.kind, vec![field])),
            }
        }
        if selector.raw || groups.len() < 2 {
            let test = make(if selector.raw {
                None
            } else {
                selector.fields.first().copied()
            })
            .unwrap_or_else(never);
            return Predicate::Test { source, all, test };
        }
        let parts = groups.into_iter().map(|(_, fields)| {
            let test = make(fields.first().copied()).unwrap_or_else(never);
            let group = Selector {
                fields,
                ..selector.clone()
            };
            let here = Predicate::Test {
                source: Source::Field(group.clone()),
                all,
                test,
            };
            if all {
                // Of this type there is none, or all of them fit.
                let absent = Predicate::Not(Box::new(Predicate::Present(group)));
                Predicate::Any(vec![absent, here])
            } else {
                here
            }
        });
        if all {
            let mut list = vec![Predicate::Present(selector.clone())];
            list.extend(parts);
            Predicate::All(list)
        } else {
            Predicate::Any(parts.collect())
        }
    }

    fn membership(
        &mut self,
        quantifier: Option<Quantifier>,
        left: &Operand,
        items: &[(Operand, Option<Operand>)],
    ) -> Result<Predicate> {
        let all = quantifier == Some(Quantifier::All);
        if !matches!(
            left.what,
            What::Word(_) | What::Name(_) | What::Layer(..) | What::Raw(_)
        ) {
            return Err(error(
                left,
                format!(
                    "{} is no field: only a field can be looked for in a set.",
                    shown(left)
                ),
            ));
        }
        let (source, kind) = self.left(left, "in")?;
        if kind.kind == Kind::None {
            return Err(error(left, format!("{} has no value.", shown(left))));
        }
        let mut constants = Vec::new();
        let mut ranges = Vec::new();
        for (low, high) in items {
            let mut ends = Vec::new();
            for end in std::iter::once(low).chain(high) {
                if let Some((value, value_type)) = self.value(end)? {
                    if !comparable(kind, value_type) {
                        return Err(mismatch(left, kind, end, value_type));
                    }
                    ends.push(value);
                } else if let Some(computed) = self.arithmetic_constant(end, kind)? {
                    ends.push(computed);
                } else {
                    ends.push(Source::Constant(self.constant(end, kind, false)?));
                }
            }
            let mut ends = ends.into_iter();
            match (ends.next(), ends.next()) {
                (Some(Source::Constant(low)), None) => constants.push((low, None)),
                (Some(Source::Constant(low)), Some(Source::Constant(high))) => {
                    constants.push((low, Some(high)));
                }
                (Some(low), high) => {
                    let high = high.unwrap_or_else(|| low.clone());
                    ranges.push((low, high));
                }
                (None, _) => {}
            }
        }
        if ranges.is_empty() {
            return Ok(Predicate::Test {
                source,
                all,
                test: Test::OneOf(constants),
            });
        }
        let mut list = Vec::new();
        if !constants.is_empty() {
            list.push(Predicate::Test {
                source: source.clone(),
                all,
                test: Test::OneOf(constants),
            });
        }
        for (low, high) in ranges {
            list.push(Predicate::Between {
                source: source.clone(),
                low,
                high,
                all,
            });
        }
        Ok(Predicate::Any(list))
    }

    /// Legal, but often not what is meant.
    fn doubt(
        &mut self,
        op: Comparison,
        quantifier: Option<Quantifier>,
        left: &Operand,
        source: &Source,
    ) {
        let Source::Field(selector) = source else {
            return;
        };
        if op == Comparison::Ne && quantifier.is_none() && selector.fields.len() > 1 {
            let name = shown(left);
            self.doubts.push(
                error(
                    left,
                    format!("{name} stands for several values: this passes packets that have one and in which none is equal."),
                )
                .hint(format!("Packets in which any of them differs: {name} !== ... Packets without {name} as well: !({name} == ...)")),
            );
        }
    }

    // ---- operands -----------------------------------------------------------------------------------------------------

    /// The left side of a comparison: something with values.
    fn left(&mut self, operand: &Operand, sign: &str) -> Result<(Source, Type)> {
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

    fn source(&mut self, operand: &Operand) -> Result<(Source, Type)> {
        self.left(operand, "comparison")
    }

    /// A name that no field has.
    fn unknown(&self, operand: &Operand, name: &str) -> FilterError {
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
            (false, Some(found)) => error.hint(format!("Did you mean: {found}")),
            _ => error,
        }
    }

    /// The fields that an operand names, with layer and rawness.
    fn selector(&mut self, operand: &Operand) -> Result<(Selector, Type)> {
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

    /// The fields of a name: those declared with it, and those that say "also" to one of them.
    fn named(&mut self, name: &str) -> Option<(Selector, Type)> {
        let own = self.registry.fields_named(name);
        let first = *own.first()?;
        if first.kind == Kind::Text {
            return None;
        }
        let mut fields: Vec<&'static Field> = own.to_vec();
        let is_own = |field: &'static Field| own.iter().any(|f| std::ptr::eq(*f, field));
        for (_, list) in self.registry.all_fields() {
            for field in list.iter().copied() {
                if field.also.iter().any(|a| is_own(a) || a.abbrev == name)
                    && !fields.iter().any(|f| std::ptr::eq(*f, field))
                {
                    fields.push(field);
                }
            }
        }
        let owner = self.owner(&fields);
        self.names.insert(first.abbrev);
        match &owner {
            Owner::Protocol(index) => {
                self.protocols.insert(*index);
            }
            Owner::OneOf(list) => self.protocols.extend(list),
            Owner::Anybody => {}
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
            owner,
        };
        Some((selector, kind))
    }

    /// Which protocols declare these fields.
    fn owner(&self, fields: &[&'static Field]) -> Owner {
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
        match (itself, fields.len(), owners.len()) {
            (_, _, 0) => Owner::Anybody,
            (Some(index), 1, 1) => Owner::Protocol(index),
            _ => Owner::OneOf(owners),
        }
    }

    /// A value that comes from the frame; `None` if the operand is a literal.
    fn value(&mut self, operand: &Operand) -> Result<Option<(Source, Type)>> {
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
                let (_, kind) = self
                    .named(name)
                    .ok_or_else(|| self.unknown(operand, name))?;
                (Source::Nothing, kind)
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

    fn slice(&mut self, inner: &Operand, parts: &[Part]) -> Result<(Source, Type)> {
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

    fn call(
        &mut self,
        operand: &Operand,
        name: &str,
        arguments: &[Operand],
    ) -> Result<(Source, Type)> {
        let many = matches!(name, "max" | "min");
        let known = many || matches!(name, "len" | "count" | "lower" | "upper" | "string" | "abs");
        if !known {
            return Err(error(operand, format!("There is no function \"{name}\"."))
                .hint("The functions are len, count, lower, upper, string, abs, max and min."));
        }
        let (Some(first), true) = (arguments.first(), many || arguments.len() == 1) else {
            return Err(error(
                operand,
                if many {
                    format!("{name}() needs at least one value.")
                } else {
                    format!("{name}() takes one field, not {}.", arguments.len())
                },
            ));
        };
        match name {
            "len" | "count" => {
                let (selector, _) = self.field_argument(name, first)?;
                let source = if name == "len" {
                    Source::Len(selector)
                } else {
                    Source::Count(selector)
                };
                Ok((source, Type::plain(Kind::U32)))
            }
            "string" => {
                let (selector, kind) = self.field_argument(name, first)?;
                let convertible = kind.is_integer()
                    || matches!(
                        kind.kind,
                        Kind::Ipv4
                            | Kind::Ipv6
                            | Kind::Ether
                            | Kind::F32
                            | Kind::F64
                            | Kind::Guid
                            | Kind::Eui64
                            | Kind::Oid
                    );
                if !convertible || kind.slice {
                    return Err(error(
                        first,
                        format!(
                            "string() makes no text of {}, which is of the type \"{}\".",
                            shown(first),
                            kind.title()
                        ),
                    ));
                }
                Ok((Source::Text(selector), Type::plain(Kind::Str)))
            }
            "lower" | "upper" => {
                let (selector, kind) = self.field_argument(name, first)?;
                if kind.kind != Kind::Str {
                    return Err(error(
                        first,
                        format!(
                            "{name}() takes a text, and {} is of the type \"{}\".",
                            shown(first),
                            kind.title()
                        ),
                    ));
                }
                let source = Source::Case(name == "upper", Box::new(Source::Field(selector)));
                Ok((source, Type::plain(Kind::Str)))
            }
            "abs" => {
                let (source, kind) = self.left(first, "abs")?;
                self.numeric(first, kind, name)?;
                Ok((
                    Source::Absolute(Box::new(source)),
                    Type {
                        field: None,
                        ..kind
                    },
                ))
            }
            _ => {
                let mut kind = None;
                for argument in arguments {
                    if let Some((_, found)) = self.value(argument)? {
                        kind = Some(found);
                        break;
                    }
                }
                // Of constants only: numbers.
                let kind = kind.unwrap_or(Type::plain(Kind::U32));
                self.numeric(first, kind, name)?;
                let mut sources = Vec::new();
                for argument in arguments {
                    sources.push(match self.value(argument)? {
                        Some((source, found)) => {
                            if !comparable(kind, found) {
                                return Err(mismatch(first, kind, argument, found));
                            }
                            source
                        }
                        None => Source::Constant(self.constant(argument, kind, false)?),
                    });
                }
                let source = if name == "max" {
                    Source::Largest(sources)
                } else {
                    Source::Smallest(sources)
                };
                Ok((
                    source,
                    Type {
                        field: None,
                        ..kind
                    },
                ))
            }
        }
    }

    fn field_argument(&mut self, name: &str, argument: &Operand) -> Result<(Selector, Type)> {
        match &argument.what {
            What::Word(_) | What::Name(_) | What::Raw(_) | What::Layer(..) => {
                self.selector(argument)
            }
            _ => Err(error(argument, format!("{name}() takes a field."))),
        }
    }

    fn numeric(&self, operand: &Operand, kind: Type, name: &str) -> Result<()> {
        if kind.is_integer()
            || matches!(
                kind.kind,
                Kind::F32 | Kind::F64 | Kind::RelTime | Kind::AbsTime
            )
        {
            return Ok(());
        }
        Err(error(
            operand,
            format!(
                "{name}() takes numbers, and {} is of the type \"{}\".",
                shown(operand),
                kind.title()
            ),
        ))
    }

    // ---- literals -----------------------------------------------------------------------------------------------------

    /// A literal with operators in it, to be computed; `None` if it is a plain literal (a sign is part of it).
    fn arithmetic_constant(&mut self, operand: &Operand, kind: Type) -> Result<Option<Source>> {
        let What::Arithmetic(op, left, right) = &operand.what else {
            return Ok(None);
        };
        if !supports(*op, kind) {
            return Err(no_arithmetic(operand, kind, op.sign()));
        }
        let mut side = |operand: &Operand| -> Result<Source> {
            Ok(match self.arithmetic_constant(operand, kind)? {
                Some(computed) => computed,
                None => Source::Constant(self.constant(operand, kind, false)?),
            })
        };
        let (left, right) = (side(left)?, side(right)?);
        Ok(Some(Source::Arithmetic(
            *op,
            Box::new(left),
            Box::new(right),
        )))
    }

    /// A literal as a value of a type.
    fn constant(&self, operand: &Operand, kind: Type, contains: bool) -> Result<Constant> {
        let refuse = |message: String| Err(error(operand, message));
        match &operand.what {
            What::Negative(inner) => match self.constant(inner, kind, contains)? {
                Constant::F(v) => Ok(Constant::F(-v)),
                Constant::Time(0, 0) => Ok(Constant::Time(0, 0)),
                Constant::Time(s, 0) => Ok(Constant::Time(-s, 0)),
                Constant::Time(s, n) => Ok(Constant::Time(-s - 1, 1_000_000_000 - n)),
                Constant::U(0) => Ok(Constant::U(0)),
                Constant::U(v) => match i64::try_from(-i128::from(v)) {
                    Ok(v) => Ok(Constant::I(v)),
                    Err(_) => refuse(format!("{} is too small.", shown(operand))),
                },
                Constant::I(v) => Ok(Constant::I(v.saturating_neg())),
                Constant::Bytes(_) | Constant::Net(..) => {
                    refuse(format!("{} is no {}.", shown(operand), kind.title()))
                }
            },
            What::Word(text) | What::Literal(text) => self.word(operand, text, kind, contains),
            What::Text(text) => self.text(operand, text, kind),
            What::Char(c) => {
                if kind.is_integer() {
                    Ok(Constant::U(u64::from(*c)))
                } else if kind.slice
                    || matches!(kind.kind, Kind::Str | Kind::Bytes | Kind::Protocol)
                {
                    Ok(Constant::Bytes(vec![*c]))
                } else {
                    refuse(format!(
                        "A character cannot be compared with {}.",
                        what(kind)
                    ))
                }
            }
            _ => refuse(format!("{} is no literal.", shown(operand))),
        }
    }

    /// A word without quotes as a value.
    fn word(&self, operand: &Operand, text: &str, kind: Type, contains: bool) -> Result<Constant> {
        let refuse = |message: String| Err(error(operand, message));
        let as_bytes = || {
            literal::bytes(text).map(Constant::Bytes).ok_or_else(|| {
                error(operand, format!("\"{text}\" is no sequence of bytes.")).hint(format!(
                    "Bytes are written 00:1b:ff; a text in quotes: \"{text}\""
                ))
            })
        };
        if kind.slice {
            return as_bytes();
        }
        match kind.kind {
            Kind::Str => Ok(Constant::Bytes(text.as_bytes().to_vec())),
            Kind::Oid => Ok(Constant::Bytes(text.as_bytes().to_vec())),
            Kind::Protocol | Kind::Bytes => as_bytes(),
            Kind::Ether if contains => as_bytes(),
            Kind::Ether => match literal::bytes(text) {
                Some(b) if b.len() == 6 => Ok(Constant::Bytes(b)),
                _ => refuse(format!("\"{text}\" is no Ethernet address."))
                    .map_err(|e| e.hint("An Ethernet address has six bytes: 00:11:22:33:44:55. Part of one: eth.src[0:3] == 00:11:22")),
            },
            Kind::Eui64 => match literal::bytes(text) {
                Some(b) if b.len() == 8 => {
                    Ok(Constant::U(b.iter().fold(0, |v, b| v << 8 | u64::from(*b))))
                }
                _ => refuse(format!("\"{text}\" is no EUI-64 address of eight bytes.")),
            },
            Kind::Guid => match literal::guid(text) {
                Some(bytes) => Ok(Constant::Bytes(bytes)),
                None => refuse(format!("\"{text}\" is no GUID.")),
            },
            Kind::Ipv4 => literal::ipv4(text)
                .map(|(address, mask)| net(&address, &mask))
                .or_else(|message| Err(self.address_hint(error(operand, message), text))),
            Kind::Ipv6 => literal::ipv6(text)
                .map(|(address, mask)| net(&address, &mask))
                .or_else(refuse),
            Kind::AbsTime => match literal::date(text) {
                Some((s, n)) => Ok(Constant::Time(s, n)),
                None => Err(no_date(operand, text)),
            },
            Kind::RelTime => match literal::seconds(text) {
                Some((s, n)) => Ok(Constant::Time(s, n)),
                None => refuse(format!("\"{text}\" is no span of time in seconds.")),
            },
            Kind::F32 | Kind::F64 => match text.parse::<f64>() {
                Ok(v) if v.is_finite() => Ok(Constant::F(v)),
                _ => refuse(format!("\"{text}\" is no number.")),
            },
            Kind::Bool => self.boolean(operand, text, kind),
            _ if kind.is_integer() => {
                if let Some(value) = literal::unsigned(text) {
                    return self.in_range(operand, value, kind);
                }
                if literal::looks_like_number(text) {
                    return refuse(format!("{text} is no number that fits into 64 bits."));
                }
                self.by_name(operand, text, kind)
            }
            _ => refuse(format!("{} has no value to compare.", what(kind))),
        }
    }

    /// A quoted text as a value.
    fn text(&self, operand: &Operand, text: &[u8], kind: Type) -> Result<Constant> {
        if kind.slice
            || matches!(
                kind.kind,
                Kind::Str | Kind::Bytes | Kind::Protocol | Kind::Oid
            )
        {
            return Ok(Constant::Bytes(text.to_vec()));
        }
        let words = String::from_utf8_lossy(text);
        match kind.kind {
            Kind::AbsTime => match literal::date(&words) {
                Some((s, n)) => Ok(Constant::Time(s, n)),
                None => Err(no_date(operand, &words)),
            },
            Kind::Bool => self.boolean(operand, &words, kind),
            _ if kind.is_integer() && kind.field.is_some_and(literal::has_names) => {
                self.by_name(operand, &words, kind)
            }
            _ => Err(
                error(operand, format!("A text in quotes is no {}.", kind.title()))
                    .hint("Write the value without quotes."),
            ),
        }
    }

    fn boolean(&self, operand: &Operand, text: &str, kind: Type) -> Result<Constant> {
        let named = kind.field.and_then(|f| literal::named(f, text));
        let value = if text.eq_ignore_ascii_case("true") {
            Some(1)
        } else if text.eq_ignore_ascii_case("false") {
            Some(0)
        } else {
            named
        };
        if let Some(value) = value {
            return Ok(Constant::U(value));
        }
        match (&operand.what, literal::unsigned(text)) {
            (What::Word(_) | What::Literal(_), Some(v)) => Ok(Constant::U(u64::from(v != 0))),
            _ => Err(
                error(operand, format!("\"{text}\" is neither true nor false."))
                    .hint("Write True or False, or 1 or 0."),
            ),
        }
    }

    fn in_range(&self, operand: &Operand, value: u64, kind: Type) -> Result<Constant> {
        let bits = kind.kind.bits();
        let most = match kind.kind {
            k if k.is_signed() => (1u64 << (bits - 1)) - 1,
            _ => u64::MAX >> (64 - bits.clamp(1, 64)),
        };
        // -128 is written with 128.
        let most = if kind.kind.is_signed() {
            most.saturating_add(1)
        } else {
            most
        };
        if value > most {
            return Err(error(
                operand,
                format!("{value} is too big for {}: at most {most}.", what(kind)),
            ));
        }
        Ok(Constant::U(value))
    }

    fn by_name(&self, operand: &Operand, text: &str, kind: Type) -> Result<Constant> {
        match kind.field {
            Some(field) if literal::has_names(field) => match literal::named(field, text) {
                Some(value) => Ok(Constant::U(value)),
                None => Err(error(
                    operand,
                    format!("{} has no value named \"{text}\".", field.abbrev),
                )),
            },
            _ => Err(error(operand, format!("\"{text}\" is no number."))),
        }
    }

    /// Common slips with IPv4 addresses.
    fn address_hint(&self, error: FilterError, text: &str) -> FilterError {
        let numbers = text.split('.').all(|p| p.parse::<u8>().is_ok());
        let count = text.split('.').count();
        if numbers && count < 4 {
            let zeros = ".0".repeat(4 - count);
            error.hint(format!("A network is written {text}{zeros}/{}", count * 8))
        } else if text.contains("/255.") {
            error.hint("Write the number of bits: 192.168.0.0/16")
        } else {
            error
        }
    }

    /// The pattern of `matches`.
    fn pattern(&self, operand: &Operand) -> Result<Test> {
        let What::Text(text) = &operand.what else {
            return Err(error(
                operand,
                "The pattern of \"matches\" is a text in double quotes.",
            )
            .hint(format!("Write: matches \"{}\"", shown(operand))));
        };
        let pattern = String::from_utf8_lossy(text);
        let regex = RegexBuilder::new(&pattern)
            .case_insensitive(true)
            .unicode(false)
            .size_limit(1 << 20)
            .build()
            .or_else(|first| {
                // Letters beyond ASCII need Unicode.
                RegexBuilder::new(&pattern)
                    .case_insensitive(true)
                    .size_limit(1 << 20)
                    .build()
                    .map_err(|_| first)
            });
        match regex {
            Ok(regex) => Ok(Test::Matches(regex)),
            Err(regex::Error::CompiledTooBig(_)) => Err(error(operand, "The pattern is too big.")),
            Err(e) => {
                let reason = e.to_string();
                let reason = reason
                    .lines()
                    .last()
                    .unwrap_or("")
                    .trim_start_matches("error: ");
                Err(error(
                    operand,
                    format!("The pattern cannot be used: {reason}."),
                ))
            }
        }
    }
}

/// An address, with its mask if that leaves anything out.
fn net(address: &[u8], mask: &[u8]) -> Constant {
    if mask.iter().all(|m| *m == 0xff) {
        Constant::Bytes(address.to_vec())
    } else {
        Constant::Net(address.to_vec(), mask.to_vec())
    }
}

fn supports(op: Arithmetic, kind: Type) -> bool {
    let number = kind.is_integer();
    match op {
        Arithmetic::And => {
            number
                || kind.slice
                || matches!(
                    kind.kind,
                    Kind::Bytes | Kind::Ether | Kind::Ipv4 | Kind::Ipv6
                )
        }
        Arithmetic::Add | Arithmetic::Subtract => {
            number || matches!(kind.kind, Kind::F32 | Kind::F64 | Kind::RelTime)
        }
        Arithmetic::Multiply | Arithmetic::Divide => {
            number || matches!(kind.kind, Kind::F32 | Kind::F64)
        }
        Arithmetic::Remainder => number,
    }
}

fn no_arithmetic(operand: &Operand, kind: Type, sign: &str) -> FilterError {
    error(
        operand,
        format!(
            "{} is of the type \"{}\", which has no \"{sign}\".",
            shown(operand),
            kind.title()
        ),
    )
}

fn no_date(operand: &Operand, text: &str) -> FilterError {
    error(operand, format!("\"{text}\" is no date and time."))
        .hint("Write \"2011-07-04 12:34:56\" or \"Nov 12, 1999 08:55:44.123\", with quotes; a zone may follow: Z or +01:00.")
}

fn mismatch(left: &Operand, left_type: Type, right: &Operand, right_type: Type) -> FilterError {
    error(
        right,
        format!(
            "{} ({}) and {} ({}) cannot be compared.",
            shown(left),
            left_type.title(),
            shown(right),
            right_type.title()
        ),
    )
}

/// What a literal is compared with, for messages.
fn what(kind: Type) -> String {
    match kind.field {
        Some(field) => format!("{} ({})", field.abbrev, kind.title()),
        None => format!("a value of the type \"{}\"", kind.title()),
    }
}
