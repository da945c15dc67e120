//! The checked program: predicates over the nodes of a tree, with fields as addresses and literals as values.

use std::net::IpAddr;

use regex::bytes::Regex;

use super::syntax::{Arithmetic, Part};
use crate::field::Field;

/// Which nodes are meant: by the address of their field.
#[derive(Clone, Debug)]
pub(super) struct Selector {
    /// The fields of this name, and those that say "also" to it; few.
    pub fields: Vec<&'static Field>,
    /// Only in these layers of the field's protocol (1 = outermost).
    pub layers: Option<Vec<Part>>,
    /// The field's bytes in place of its value.
    pub raw: bool,
    /// Of a protocol: with what it carries, not its header alone. Only searching sees that far.
    pub whole: bool,
    /// What its presence says about the frame's protocols.
    pub owner: Owner,
}

/// Which protocols must be in a frame for a field to be.
#[derive(Clone, Debug)]
pub(super) enum Owner {
    /// Exactly this: the field is the protocol itself.
    Protocol(u16),
    /// One of these.
    OneOf(Vec<u16>),
    /// Any frame may have it.
    Anybody,
}

/// A comparison that puts in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Order {
    Eq,
    Ne,
    Gt,
    Lt,
    Ge,
    Le,
}

impl Order {
    /// Whether two things that compare like this satisfy it.
    pub(super) fn holds(self, ordering: std::cmp::Ordering) -> bool {
        match self {
            Order::Eq => ordering.is_eq(),
            Order::Ne => ordering.is_ne(),
            Order::Gt => ordering.is_gt(),
            Order::Lt => ordering.is_lt(),
            Order::Ge => ordering.is_ge(),
            Order::Le => ordering.is_le(),
        }
    }
}

/// A value of the program itself.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Constant {
    U(u64),
    I(i64),
    F(f64),
    /// Seconds (rounded down) and nanoseconds.
    Time(i64, i32),
    Bytes(Vec<u8>),
    /// An address with a mask: both sides are compared under it.
    Net(Vec<u8>, Vec<u8>),
}

/// Where values come from. One source may give several, or none.
#[derive(Clone, Debug)]
pub(super) enum Source {
    Field(Selector),
    Constant(Constant),
    /// Parts of bytes, or of a text (then in characters).
    Slice {
        of: Box<Source>,
        parts: Vec<Part>,
        text: bool,
    },
    Arithmetic(Arithmetic, Box<Source>, Box<Source>),
    Negative(Box<Source>),
    /// Length in bytes; of values with a fixed size, that size.
    Len(Selector),
    Count(Selector),
    /// In small (`false`) or capital (`true`) letters.
    Case(bool, Box<Source>),
    /// As text.
    Text(Selector),
    Largest(Vec<Source>),
    Smallest(Vec<Source>),
    Absolute(Box<Source>),
    /// An integer written as a text.
    Written(Writing, Selector),
    /// As a floating-point number.
    Float(Box<Source>),
    /// Whether an address is of some kind.
    Is(fn(IpAddr) -> bool, Selector),
    /// The selected frame's values; none while no frame is selected.
    Given(Vec<Constant>),
}

/// How an integer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// By the name of the value.
    Name,
    Decimal,
    /// With `0x`, as wide as the type.
    Hexadecimal,
}

/// A test of one value.
#[derive(Clone, Debug)]
pub(super) enum Test {
    Compare(Order, Constant),
    Contains(Box<memchr::memmem::Finder<'static>>),
    Matches(Regex),
    /// Equal to one of these, or between two of them.
    OneOf(Vec<(Constant, Option<Constant>)>),
}

/// A predicate over a tree.
#[derive(Clone, Debug)]
pub(super) enum Predicate {
    Always,
    Present(Selector),
    /// The source has a value that is not zero.
    Truth(Source),
    /// Values against a constant; `all`: each of them, else any.
    Test {
        source: Source,
        all: bool,
        test: Test,
    },
    /// Values against values.
    Pair {
        left: Source,
        relation: Relation,
        all: bool,
        right: Source,
    },
    /// Membership where the set is not constant: between two sources.
    Between {
        source: Source,
        low: Source,
        high: Source,
        all: bool,
    },
    Not(Box<Predicate>),
    All(Vec<Predicate>),
    Any(Vec<Predicate>),
    Odd(Vec<Predicate>),
}

/// How values are compared with values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Relation {
    Order(Order),
    Contains,
}

/// The program of a filter.
#[derive(Clone, Debug)]
pub(super) struct Program {
    pub root: Predicate,
}

/// Which fields and protocols a filter looks at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touch {
    /// Names of the fields and protocols in the filter, sorted.
    pub names: Vec<&'static str>,
    /// The protocols (registry indices) that the names belong to, sorted.
    pub protocols: Vec<u16>,
    /// Whether a name is among them that any frame may have, whatever its protocols.
    pub anywhere: bool,
    /// The fields themselves: those of the names, and those that are also found under them.
    pub fields: Vec<Touched>,
}

/// A field that a filter looks at. Two are the same if they are one declaration.
#[derive(Clone, Copy, Debug)]
pub struct Touched(pub &'static Field);

impl PartialEq for Touched {
    fn eq(&self, other: &Touched) -> bool {
        std::ptr::eq(self.0, other.0)
    }
}

impl Eq for Touched {}

/// What a frame's chain of protocols must have for a filter to pass.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Requirement {
    /// Nothing.
    True,
    /// This protocol (its index in the registry).
    Protocol(u16),
    /// All of these.
    All(Vec<Requirement>),
    /// One of these; of none, the filter never passes.
    Any(Vec<Requirement>),
}

impl Requirement {
    /// Whether a chain satisfies it; `present` says which protocols are in the chain.
    pub fn holds(&self, present: &dyn Fn(u16) -> bool) -> bool {
        match self {
            Requirement::True => true,
            Requirement::Protocol(index) => present(*index),
            Requirement::All(all) => all.iter().all(|r| r.holds(present)),
            Requirement::Any(any) => any.iter().any(|r| r.holds(present)),
        }
    }
}

impl Owner {
    fn requirement(&self) -> Requirement {
        match self {
            Owner::Protocol(index) => Requirement::Protocol(*index),
            Owner::OneOf(list) => match list[..] {
                [one] => Requirement::Protocol(one),
                _ => Requirement::Any(list.iter().copied().map(Requirement::Protocol).collect()),
            },
            Owner::Anybody => Requirement::True,
        }
    }
}

impl Source {
    /// What must be there for the source to have a value.
    fn requires(&self) -> Requirement {
        match self {
            Source::Field(s)
            | Source::Len(s)
            | Source::Count(s)
            | Source::Text(s)
            | Source::Written(_, s)
            | Source::Is(_, s) => s.owner.requirement(),
            Source::Constant(_) => Requirement::True,
            Source::Slice { of, .. } => of.requires(),
            Source::Arithmetic(_, left, right) => both(left.requires(), right.requires()),
            Source::Negative(inner)
            | Source::Case(_, inner)
            | Source::Absolute(inner)
            | Source::Float(inner) => inner.requires(),
            Source::Largest(list) | Source::Smallest(list) => {
                any(list.iter().map(Source::requires).collect())
            }
            Source::Given(values) if values.is_empty() => Requirement::Any(Vec::new()),
            Source::Given(_) => Requirement::True,
        }
    }
}

fn both(a: Requirement, b: Requirement) -> Requirement {
    all(vec![a, b])
}

fn all(mut list: Vec<Requirement>) -> Requirement {
    list.retain(|r| *r != Requirement::True);
    match list.len() {
        0 => Requirement::True,
        1 => list.swap_remove(0),
        _ => Requirement::All(list),
    }
}

fn any(mut list: Vec<Requirement>) -> Requirement {
    if list.contains(&Requirement::True) {
        return Requirement::True;
    }
    if list.len() == 1 {
        return list.swap_remove(0);
    }
    Requirement::Any(list)
}

impl Predicate {
    /// How much work it is, roughly.
    pub(super) fn cost(&self) -> u32 {
        match self {
            Predicate::Always => 0,
            Predicate::Present(_) => 1,
            Predicate::Test {
                source: Source::Field(_),
                test: Test::Compare(..) | Test::OneOf(_),
                ..
            } => 2,
            Predicate::Truth(_) => 4,
            Predicate::Pair { .. } | Predicate::Between { .. } => 6,
            Predicate::Test { .. } => 8,
            Predicate::Not(inner) => inner.cost(),
            Predicate::All(list) | Predicate::Any(list) | Predicate::Odd(list) => list
                .iter()
                .map(Predicate::cost)
                .fold(0, u32::saturating_add),
        }
    }

    fn requires(&self) -> Requirement {
        match self {
            Predicate::Always | Predicate::Not(_) => Requirement::True,
            Predicate::Present(selector) => selector.owner.requirement(),
            Predicate::Truth(source) | Predicate::Test { source, .. } => source.requires(),
            Predicate::Pair { left, right, .. } => both(left.requires(), right.requires()),
            Predicate::Between {
                source, low, high, ..
            } => all(vec![source.requires(), low.requires(), high.requires()]),
            Predicate::All(list) => all(list.iter().map(Predicate::requires).collect()),
            // An odd number of them is at least one.
            Predicate::Any(list) | Predicate::Odd(list) => {
                any(list.iter().map(Predicate::requires).collect())
            }
        }
    }

    /// Three-valued: what the chain of protocols alone says.
    fn decide(&self, present: &dyn Fn(u16) -> Option<bool>) -> Option<bool> {
        match self {
            Predicate::Always => Some(true),
            Predicate::Present(Selector {
                owner: Owner::Protocol(index),
                layers: None,
                ..
            }) => present(*index),
            Predicate::Not(inner) => inner.decide(present).map(|v| !v),
            Predicate::All(list) => {
                let mut result = Some(true);
                for part in list {
                    match part.decide(present) {
                        Some(false) => return Some(false),
                        Some(true) => {}
                        None => result = None,
                    }
                }
                result
            }
            Predicate::Any(list) => {
                let mut result = Some(false);
                for part in list {
                    match part.decide(present) {
                        Some(true) => return Some(true),
                        Some(false) => {}
                        None => result = None,
                    }
                }
                result
            }
            Predicate::Odd(list) => list
                .iter()
                .try_fold(false, |odd, part| Some(odd ^ part.decide(present)?)),
            _ => {
                let possible = |index| present(index) != Some(false);
                (!self.requires().holds(&possible)).then_some(false)
            }
        }
    }
}

impl Predicate {
    /// Whether it only asks whether fields are there, and compares their own values with constants.
    fn is_plain(&self) -> bool {
        let plain = |s: &Selector| s.layers.is_none() && !s.raw && !s.whole;
        match self {
            Predicate::Always => true,
            Predicate::Present(selector) => plain(selector),
            Predicate::Test {
                source: Source::Field(selector),
                test: Test::Compare(..) | Test::OneOf(_),
                ..
            } => plain(selector) && !matches!(selector.owner, Owner::Protocol(_)),
            Predicate::Not(inner) => inner.is_plain(),
            Predicate::All(list) | Predicate::Any(list) | Predicate::Odd(list) => {
                list.iter().all(Predicate::is_plain)
            }
            _ => false,
        }
    }
}

impl Program {
    pub(super) fn is_plain(&self) -> bool {
        self.root.is_plain()
    }

    pub(super) fn requires(&self) -> Requirement {
        self.root.requires()
    }

    pub(super) fn decide(&self, present: &dyn Fn(u16) -> Option<bool>) -> Option<bool> {
        self.root.decide(present)
    }
}
