//! Running a program over a tree.

use std::cmp::Ordering;
use std::fmt::Write as _;
use std::net::IpAddr;

use super::program::{
    Constant, Order, Predicate, Program, Relation, Selector, Source, Test, Writing,
};
use super::syntax::{Arithmetic, Part};
use crate::dissect::tree::PROTOCOL;
use crate::dissect::{Node, Tree, Value};
use crate::field::{Field, Kind};

/// A value at hand: of a node, or computed. Addresses are bytes, which order as they should.
#[derive(Clone, Copy, Debug)]
enum Val<'v> {
    U(u64),
    I(i64),
    F(f64),
    /// Seconds (rounded down) and nanoseconds.
    Time(i64, i32),
    Bytes(&'v [u8]),
    /// A constant address under a mask.
    Net(&'v [u8], &'v [u8]),
}

/// What a program runs over.
#[derive(Clone, Copy)]
struct Run<'a> {
    tree: &'a Tree,
    frame: &'a [u8],
}

/// Takes values until it returns `true`.
type Sink<'s> = &'s mut dyn FnMut(Val<'_>) -> bool;

impl Program {
    pub(super) fn matches(&self, tree: &Tree, frame: &[u8]) -> bool {
        Run { tree, frame }.holds(&self.root)
    }
}

/// All values of a source in a frame.
pub(super) fn values(source: &Source, tree: &Tree, frame: &[u8]) -> Vec<Constant> {
    let mut out = Vec::new();
    Run { tree, frame }.each(source, &mut |value| {
        out.extend(value.keep());
        false
    });
    out
}

/// An integer's node as a text; `None` if it has no such text.
fn written(writing: Writing, node: &Node) -> Option<String> {
    let value = match node.value {
        Value::U(v) => i128::from(v),
        Value::I(v) => i128::from(v),
        _ => return None,
    };
    Some(match writing {
        Writing::Name => node.field.name_of(u64::try_from(value).ok()?)?.to_owned(),
        Writing::Decimal => value.to_string(),
        Writing::Hexadecimal => {
            let bits = node.field.kind.bits();
            let width = bits as usize / 4;
            let value = value & (i128::from(u64::MAX) >> (64 - bits.clamp(1, 64)));
            format!("0x{value:0width$x}")
        }
    })
}

impl<'a> Run<'a> {
    fn holds(self, predicate: &Predicate) -> bool {
        match predicate {
            Predicate::Always => true,
            Predicate::Present(selector) => self.nodes(selector, &mut |_| true),
            Predicate::Truth(source) => self.each(source, &mut |value| value.is_true()),
            Predicate::Test { source, all, test } => {
                if *all {
                    let mut some = false;
                    let failed = self.each(source, &mut |value| {
                        some = true;
                        !test.holds(value)
                    });
                    some && !failed
                } else {
                    self.each(source, &mut |value| test.holds(value))
                }
            }
            Predicate::Pair {
                left,
                relation,
                all,
                right,
            } => {
                // To find one pair that holds, or (for "all") one that does not.
                let mut some = false;
                let found = self.each(left, &mut |a| {
                    self.each(right, &mut |b| {
                        some = true;
                        relation.holds(a, b) != *all
                    })
                });
                if *all { some && !found } else { found }
            }
            Predicate::Between {
                source,
                low,
                high,
                all,
            } => {
                let mut some = false;
                let found = self.each(source, &mut |value| {
                    some = true;
                    let inside = self.each(low, &mut |l| {
                        compare(value, l).is_some_and(Ordering::is_ge)
                            && self.each(high, &mut |h| {
                                compare(value, h).is_some_and(Ordering::is_le)
                            })
                    });
                    inside != *all
                });
                if *all { some && !found } else { found }
            }
            Predicate::Not(inner) => !self.holds(inner),
            Predicate::All(list) => list.iter().all(|p| self.holds(p)),
            Predicate::Any(list) => list.iter().any(|p| self.holds(p)),
            Predicate::Odd(list) => list.iter().fold(false, |odd, p| odd ^ self.holds(p)),
        }
    }

    /// The nodes of a selector, until `sink` returns `true`; says whether it did.
    fn nodes(self, selector: &Selector, sink: &mut dyn FnMut(&'a Node) -> bool) -> bool {
        let nodes = &self.tree.nodes;
        match (&selector.fields[..], &selector.layers) {
            ([field], None) => nodes
                .iter()
                .any(|node| std::ptr::eq(node.field, *field) && sink(node)),
            (fields, None) => nodes
                .iter()
                .any(|node| is_one_of(node.field, fields) && sink(node)),
            (fields, Some(parts)) => {
                for (at, node) in nodes.iter().enumerate() {
                    if is_one_of(node.field, fields) && self.in_layer(at, parts) && sink(node) {
                        return true;
                    }
                }
                false
            }
        }
    }

    /// Whether the protocol in which node `at` lies is the n-th of its kind, for an n that `parts` name.
    fn in_layer(self, at: usize, parts: &[Part]) -> bool {
        let nodes = &self.tree.nodes;
        // Up through what encloses the node: a quoted packet's protocols lie inside another protocol.
        let mut above = u8::MAX;
        let root = nodes[..=at].iter().rev().find(|n| {
            let encloses = n.depth < above;
            above = above.min(n.depth);
            encloses && n.is(PROTOCOL)
        });
        let Some(root) = root else {
            return false;
        };
        let same = |n: &&Node| n.is(PROTOCOL) && std::ptr::eq(n.field, root.field);
        let number = nodes[..=at].iter().filter(same).count() as i64;
        let total = number + nodes[at + 1..].iter().filter(same).count() as i64;
        // Layers count from 1; from the end, -1 is the innermost.
        let place = |i: i32| {
            if i < 0 {
                total + 1 + i64::from(i)
            } else {
                i64::from(i)
            }
        };
        parts.iter().any(|part| match *part {
            Part::At(i) => number == place(i),
            Part::Count(i, n) => (place(i)..place(i) + i64::from(n)).contains(&number),
            Part::To(i, j) => (place(i)..=place(j)).contains(&number),
            Part::First(n) => number <= i64::from(n),
            Part::From(i) => number >= place(i),
        })
    }

    /// The values of a source, until `sink` returns `true`; says whether it did.
    fn each(self, source: &Source, sink: Sink<'_>) -> bool {
        match source {
            Source::Field(selector) => self.nodes(selector, &mut |node| {
                self.value(node, selector).is_some_and(&mut *sink)
            }),
            Source::Constant(constant) => sink(constant.value()),
            Source::Slice { of, parts, text } => {
                self.each(of, &mut |value| slice(value, parts, *text, sink))
            }
            Source::Arithmetic(op, left, right) => self.each(left, &mut |a| {
                self.each(right, &mut |b| calculate(*op, a, b, sink))
            }),
            Source::Negative(inner) => {
                self.each(inner, &mut |value| negative(value).is_some_and(&mut *sink))
            }
            Source::Absolute(inner) => self.each(inner, &mut |value| {
                if value.is_negative() {
                    negative(value).is_some_and(&mut *sink)
                } else {
                    sink(value)
                }
            }),
            Source::Len(selector) => self.nodes(selector, &mut |node| {
                sink(Val::U(self.length(node, selector.raw)))
            }),
            Source::Count(selector) => {
                let mut count = 0;
                self.nodes(selector, &mut |_| {
                    count += 1;
                    false
                });
                count > 0 && sink(Val::U(count))
            }
            Source::Case(upper, inner) => self.each(inner, &mut |value| match value {
                Val::Bytes(text) => sink(Val::Bytes(&if *upper {
                    text.to_ascii_uppercase()
                } else {
                    text.to_ascii_lowercase()
                })),
                _ => false,
            }),
            Source::Text(selector) => self.nodes(selector, &mut |node| {
                let mut text = String::new();
                match node.value {
                    Value::U(v) if node.field.kind != Kind::Eui64 => {
                        let _ = write!(text, "{v}");
                    }
                    _ => crate::dissect::text::show(self.tree, self.frame, node, &mut text),
                }
                sink(Val::Bytes(text.as_bytes()))
            }),
            Source::Largest(list) => self.extreme(list, Ordering::Greater, sink),
            Source::Smallest(list) => self.extreme(list, Ordering::Less, sink),
            Source::Written(writing, selector) => self.nodes(selector, &mut |node| {
                written(*writing, node).is_some_and(|text| sink(Val::Bytes(text.as_bytes())))
            }),
            Source::Float(inner) => self.each(inner, &mut |value| {
                float(value).is_some_and(|v| sink(Val::F(v)))
            }),
            Source::Is(is, selector) => self.nodes(selector, &mut |node| match node.value {
                Value::Ipv4(a) => sink(Val::U(u64::from(is(IpAddr::from(a))))),
                Value::Ipv6(a) => sink(Val::U(u64::from(is(IpAddr::from(a))))),
                _ => false,
            }),
            Source::Given(values) => values.iter().any(|v| sink(v.value())),
        }
    }

    /// The largest or smallest of all values of several sources. Only numbers and times get here.
    fn extreme(self, list: &[Source], wanted: Ordering, sink: Sink<'_>) -> bool {
        let mut best: Option<Constant> = None;
        for source in list {
            self.each(source, &mut |value| {
                let better = best
                    .as_ref()
                    .is_none_or(|b| compare(value, b.value()) == Some(wanted));
                if better && let Some(kept) = value.keep() {
                    best = Some(kept);
                }
                false
            });
        }
        best.is_some_and(|b| sink(b.value()))
    }

    /// The value of a node. Of a protocol: the bytes of its header, or (`whole`) with everything it carries.
    fn value(self, node: &'a Node, selector: &Selector) -> Option<Val<'a>> {
        let header = node.field.kind == Kind::Protocol && !selector.whole;
        if selector.raw || header {
            return Some(Val::Bytes(self.tree.bytes(self.frame, node)));
        }
        Some(match &node.value {
            Value::U(v) => Val::U(*v),
            Value::I(v) => Val::I(*v),
            Value::F(v) => Val::F(*v),
            Value::Ipv4(a) => Val::Bytes(a),
            Value::Ipv6(a) => Val::Bytes(a),
            Value::Ether(a) => Val::Bytes(a),
            Value::Slice { .. } | Value::Made { .. } => {
                Val::Bytes(self.tree.value_bytes(self.frame, node))
            }
            Value::Time { secs, nanos } => time(*secs, *nanos),
            Value::None if node.field.kind == Kind::Protocol => {
                Val::Bytes(self.tree.bytes(self.frame, node))
            }
            Value::None => return None,
        })
    }

    /// The length of a node's value, in bytes.
    fn length(self, node: &Node, raw: bool) -> u64 {
        if raw || node.field.kind == Kind::Protocol {
            return u64::from(node.len);
        }
        match node.value {
            Value::Slice { len, .. } | Value::Made { len, .. } => u64::from(len),
            Value::Ipv4(_) => 4,
            Value::Ether(_) => 6,
            Value::Ipv6(_) => 16,
            Value::None | Value::Time { .. } => 0,
            Value::U(_) if node.field.kind == Kind::Bool => 0,
            Value::U(_) | Value::I(_) | Value::F(_) => u64::from(node.field.kind.bits() / 8),
        }
    }
}

fn is_one_of(field: &'static Field, fields: &[&'static Field]) -> bool {
    fields.iter().any(|f| std::ptr::eq(*f, field))
}

/// A time with its nanoseconds positive. Negative spans come as a negative second or negative nanoseconds, to be added up.
fn time(secs: i64, nanos: i32) -> Val<'static> {
    let carry = nanos.div_euclid(1_000_000_000);
    Val::Time(
        secs.saturating_add(i64::from(carry)),
        nanos.rem_euclid(1_000_000_000),
    )
}

impl Constant {
    fn value(&self) -> Val<'_> {
        match self {
            Constant::U(v) => Val::U(*v),
            Constant::I(v) => Val::I(*v),
            Constant::F(v) => Val::F(*v),
            Constant::Time(s, n) => Val::Time(*s, *n),
            Constant::Bytes(b) => Val::Bytes(b),
            Constant::Net(address, mask) => Val::Net(address, mask),
        }
    }
}

impl Val<'_> {
    /// Whether it counts as true on its own: not zero.
    fn is_true(self) -> bool {
        match self {
            Val::U(v) => v != 0,
            Val::I(v) => v != 0,
            Val::F(v) => v != 0.0,
            Val::Time(s, n) => (s, n) != (0, 0),
            Val::Bytes(b) | Val::Net(b, _) => b.iter().any(|b| *b != 0),
        }
    }

    fn is_negative(self) -> bool {
        match self {
            Val::I(v) => v < 0,
            Val::F(v) => v < 0.0,
            Val::Time(s, _) => s < 0,
            _ => false,
        }
    }

    fn keep(self) -> Option<Constant> {
        Some(match self {
            Val::U(v) => Constant::U(v),
            Val::I(v) => Constant::I(v),
            Val::F(v) => Constant::F(v),
            Val::Time(s, n) => Constant::Time(s, n),
            Val::Bytes(b) => Constant::Bytes(b.to_vec()),
            Val::Net(..) => return None,
        })
    }

    /// As an integer, if it is one.
    fn integer(self) -> Option<i128> {
        match self {
            Val::U(v) => Some(i128::from(v)),
            Val::I(v) => Some(i128::from(v)),
            _ => None,
        }
    }
}

/// How two values compare; `None` if they cannot be compared.
fn compare(a: Val<'_>, b: Val<'_>) -> Option<Ordering> {
    match (a, b) {
        (Val::U(a), Val::U(b)) => Some(a.cmp(&b)),
        (Val::Bytes(a), Val::Bytes(b)) => Some(a.cmp(b)),
        (Val::Time(s, n), Val::Time(t, m)) => Some((s, n).cmp(&(t, m))),
        (Val::Bytes(a), Val::Net(net, mask)) if a.len() == mask.len() => {
            Some(under(a, mask).cmp(under(net, mask)))
        }
        (Val::F(a), b) => a.partial_cmp(&float(b)?),
        (a, Val::F(b)) => float(a)?.partial_cmp(&b),
        (a, b) => Some(a.integer()?.cmp(&b.integer()?)),
    }
}

fn under<'v>(bytes: &'v [u8], mask: &'v [u8]) -> impl Iterator<Item = u8> + 'v {
    bytes.iter().zip(mask).map(|(b, m)| b & m)
}

fn float(value: Val<'_>) -> Option<f64> {
    match value {
        Val::F(v) => Some(v),
        Val::U(v) => Some(v as f64),
        Val::I(v) => Some(v as f64),
        _ => None,
    }
}

impl Relation {
    fn holds(self, a: Val<'_>, b: Val<'_>) -> bool {
        match self {
            Relation::Order(order) => compare(a, b).is_some_and(|o| order.holds(o)),
            Relation::Contains => match (a, b) {
                (Val::Bytes(a), Val::Bytes(b)) => memchr::memmem::find(a, b).is_some(),
                _ => false,
            },
        }
    }
}

impl Test {
    fn holds(&self, value: Val<'_>) -> bool {
        match self {
            Test::Compare(order, constant) => {
                compare(value, constant.value()).map_or(*order == Order::Ne, |o| order.holds(o))
            }
            Test::Contains(finder) => {
                matches!(value, Val::Bytes(bytes) if finder.find(bytes).is_some())
            }
            Test::Matches(regex) => matches!(value, Val::Bytes(bytes) if regex.is_match(bytes)),
            Test::OneOf(items) => items.iter().any(|(low, high)| {
                let to_low = compare(value, low.value());
                match high {
                    None => to_low.is_some_and(Ordering::is_eq),
                    Some(high) => {
                        to_low.is_some_and(Ordering::is_ge)
                            && compare(value, high.value()).is_some_and(Ordering::is_le)
                    }
                }
            }),
        }
    }
}

/// Hand over the parts of bytes or of a text. A part that does not lie wholly within leaves nothing.
fn slice(value: Val<'_>, parts: &[Part], text: bool, sink: Sink<'_>) -> bool {
    let Val::Bytes(bytes) = value else {
        return false;
    };
    // Characters of a text, bytes of anything else. What is no UTF-8 is taken byte by byte.
    let as_text = if text {
        std::str::from_utf8(bytes).ok()
    } else {
        None
    };
    let total = as_text.map_or(bytes.len(), |t| t.chars().count());
    let cut = |from: usize, to: usize| -> &[u8] {
        match as_text {
            None => &bytes[from..to],
            Some(t) => {
                let at = |n: usize| t.char_indices().nth(n).map_or(t.len(), |(i, _)| i);
                &bytes[at(from)..at(to)]
            }
        }
    };
    if let [part] = parts {
        return match bounds(*part, total) {
            Some((from, to)) => sink(Val::Bytes(cut(from, to))),
            None => false,
        };
    }
    let mut joined = Vec::new();
    for part in parts {
        match bounds(*part, total) {
            Some((from, to)) => joined.extend_from_slice(cut(from, to)),
            None => return false,
        }
    }
    sink(Val::Bytes(&joined))
}

/// Where a part begins and ends in `total` elements; `None` if it begins outside or is empty.
fn bounds(part: Part, total: usize) -> Option<(usize, usize)> {
    let size = i64::try_from(total).ok()?;
    let place = |i: i32| {
        if i < 0 {
            size + i64::from(i)
        } else {
            i64::from(i)
        }
    };
    let (from, to) = match part {
        Part::At(i) => (place(i), place(i) + 1),
        Part::Count(i, n) => (place(i), place(i) + i64::from(n)),
        Part::To(i, j) => (place(i), place(j) + 1),
        Part::First(n) => (0, i64::from(n)),
        Part::From(i) => (place(i), size),
    };
    if from < 0 || from >= size || to <= from || to > size {
        return None;
    }
    Some((usize::try_from(from).ok()?, usize::try_from(to).ok()?))
}

fn calculate(op: Arithmetic, a: Val<'_>, b: Val<'_>, sink: Sink<'_>) -> bool {
    match (a, b) {
        (Val::Bytes(a), Val::Bytes(b)) if op == Arithmetic::And => {
            let masked: Vec<u8> = a.iter().zip(b).map(|(a, b)| a & b).collect();
            sink(Val::Bytes(&masked))
        }
        (Val::Time(s, n), Val::Time(t, m)) => match op {
            Arithmetic::Add => sink(time(s.saturating_add(t), n + m)),
            Arithmetic::Subtract => sink(time(s.saturating_sub(t), n - m)),
            _ => false,
        },
        (Val::F(_), _) | (_, Val::F(_)) => {
            let (Some(a), Some(b)) = (float(a), float(b)) else {
                return false;
            };
            match op {
                Arithmetic::Add => sink(Val::F(a + b)),
                Arithmetic::Subtract => sink(Val::F(a - b)),
                Arithmetic::Multiply => sink(Val::F(a * b)),
                Arithmetic::Divide => sink(Val::F(a / b)),
                Arithmetic::Remainder | Arithmetic::And => false,
            }
        }
        _ => {
            let (Some(a), Some(b)) = (a.integer(), b.integer()) else {
                return false;
            };
            let result = match op {
                Arithmetic::And => Some(a & b),
                Arithmetic::Add => a.checked_add(b),
                Arithmetic::Subtract => a.checked_sub(b),
                Arithmetic::Multiply => a.checked_mul(b),
                Arithmetic::Divide => a.checked_div(b),
                Arithmetic::Remainder => a.checked_rem(b),
            };
            result.and_then(whole).is_some_and(sink)
        }
    }
}

/// An integer as a value; `None` beyond 64 bits.
fn whole(value: i128) -> Option<Val<'static>> {
    u64::try_from(value)
        .map(Val::U)
        .or_else(|_| i64::try_from(value).map(Val::I))
        .ok()
}

fn negative(value: Val<'_>) -> Option<Val<'static>> {
    match value {
        Val::F(v) => Some(Val::F(-v)),
        Val::Time(s, n) => Some(time(s.saturating_neg(), -n)),
        other => whole(-other.integer()?),
    }
}
