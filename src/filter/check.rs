//! From the syntax tree to the program: fields are found, literals converted, and what does not fit is refused.

mod constant;
mod function;
mod kind;
mod operand;

use std::collections::BTreeSet;

use memchr::memmem::Finder;

pub(super) use self::function::FUNCTIONS;
use self::kind::{Type, comparable};
pub(super) use self::operand::SHORT;
use super::FilterError;
use super::parse::set_meant;
use super::program::{
    Constant, Order, Predicate, Program, Relation, Selector, Source, Test, Touch, Touched,
};
use super::syntax::{Comparison, Expr, Operand, Quantifier, What};
use crate::dissect::{Registry, Tree};
use crate::field::{Field, Kind};

/// A filter that was found to make sense.
pub(super) struct Checked {
    pub program: Program,
    pub doubts: Vec<FilterError>,
    pub touch: Touch,
}

/// Check a syntax tree; `None` is the empty filter.
/// `selected`: the frame that `${...}` asks.
pub(super) fn check(
    expr: Option<&Expr>,
    registry: &Registry,
    selected: Option<(&Tree, &[u8])>,
) -> Result<Checked> {
    let mut checker = Checker {
        registry,
        selected,
        anywhere: false,
        doubts: Vec::new(),
        names: BTreeSet::new(),
        fields: Vec::new(),
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
            anywhere: checker.anywhere,
            fields: checker.fields,
        },
    })
}

type Result<T, E = FilterError> = std::result::Result<T, E>;

struct Checker<'r> {
    registry: &'r Registry,
    selected: Option<(&'r Tree, &'r [u8])>,
    /// A field was named that no protocol owns.
    anywhere: bool,
    doubts: Vec<FilterError>,
    names: BTreeSet<&'static str>,
    fields: Vec<Touched>,
    protocols: BTreeSet<u16>,
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
                    Some(meant) => {
                        let meant = meant.to_string();
                        let error = error.hint(format!("Did you mean: {meant}"));
                        match place(list) {
                            Some(place) => error.fix(place, meant),
                            None => error,
                        }
                    }
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
        let mut list: Vec<Predicate> = list
            .iter()
            .map(|part| self.expr(part))
            .collect::<Result<_>>()?;
        // Tests have no effects, so the cheap ones can go first.
        list.sort_by_key(Predicate::cost);
        Ok(list)
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
                let (source, kind) = self.source(operand)?;
                if kind.kind == Kind::Bool {
                    return Ok(Predicate::Truth(source));
                }
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
        let (mut source, kind) = self.left(left, op.sign())?;
        if let (None, Source::Field(selector)) = (order, &mut source) {
            selector.whole = true;
        }
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
        self.doubt(op, quantifier, (left, right), &source);
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
        let (first, kind) = self.fitting(right, kind, &source, contains)?;
        let computed = !matches!(source, Source::Field(_));
        let test = |constant: Constant, kind: Kind| match (order, constant) {
            // tshark's way with a negative number where there is none: it only ever differs.
            (Some(Order::Eq | Order::Ne), c) => Test::Compare(order.unwrap_or(Order::Eq), c),
            (Some(_), Constant::I(n))
                if n < 0 && !computed && (kind.is_unsigned() || kind == Kind::Frame) =>
            {
                Test::OneOf(Vec::new())
            }
            (Some(order), c) => Test::Compare(order, c),
            // Nothing is in nothing, nor in anything else.
            (None, Constant::Bytes(b)) if b.is_empty() => Test::OneOf(Vec::new()),
            (None, Constant::Bytes(b)) => Test::Contains(Box::new(Finder::new(&b).into_owned())),
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
                match self.constant(right, kind, contains) {
                    Ok(constant) => Some(test(constant, field.kind)),
                    // What cannot be a value of this type differs from all of them.
                    Err(_) if order == Some(Order::Ne) => {
                        Some(Test::Compare(Order::Ne, Constant::Bytes(Vec::new())))
                    }
                    Err(_) => None,
                }
            }
            _ => Some(test(first.clone(), chosen)),
        });
        Ok(made)
    }

    /// A literal as a value of the source's type, or of the first of its types that it fits.
    fn fitting(
        &self,
        literal: &Operand,
        kind: Type,
        source: &Source,
        contains: bool,
    ) -> Result<(Constant, Type)> {
        let others = match source {
            Source::Field(selector) if !selector.raw => selector.fields.as_slice(),
            _ => &[],
        };
        self.constant(literal, kind, contains)
            .map(|constant| (constant, kind))
            .or_else(|error| {
                others
                    .iter()
                    .filter(|field| field.kind != kind.kind)
                    .find_map(|field| {
                        let kind = Type {
                            kind: field.kind,
                            field: Some(field),
                            slice: false,
                        };
                        let constant = self.constant(literal, kind, contains).ok()?;
                        Some((constant, kind))
                    })
                    .ok_or(error)
            })
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
                    ends.push(Source::Constant(self.fitting(end, kind, &source, false)?.0));
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
        (left, right): (&Operand, &Operand),
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
                .hint(format!("Packets in which any of them differs: {name} !== ... Packets without {name} as well: !({name} == ...)"))
                .fix(
                    left.span.0.start..right.span.0.end,
                    format!("!({name} == {})", shown(right)),
                ),
            );
        }
    }
}

/// Where the tests of a list of tests and values begin and end (`tcp.port == 80 or 443`).
fn place(list: &[Expr]) -> Option<std::ops::Range<usize>> {
    let start = match list.first()? {
        Expr::Compare { left, .. } | Expr::Test(left) => left.span.0.start,
        _ => return None,
    };
    let end = match list.last()? {
        Expr::Compare { right, .. } => right.span.0.end,
        Expr::Test(last) => last.span.0.end,
        _ => return None,
    };
    (start <= end).then_some(start..end)
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
