//! The syntax tree of a filter, as written and before anything is known about its fields. Printing it gives a text that
//! reads back as the same tree.

use std::fmt::{self, Display as _, Write as _};
use std::ops::Range;

/// A place in the text. All places are equal, so that trees can be compared by what they say.
#[derive(Clone, Debug, Default)]
pub struct Span(pub Range<usize>);

impl PartialEq for Span {
    fn eq(&self, _: &Span) -> bool {
        true
    }
}

/// A test or a combination of tests.
#[derive(Clone, Debug, PartialEq)]
pub enum Expr {
    /// Something is there, or (of a computed value) is not zero.
    Test(Operand),
    /// A comparison.
    Compare {
        /// `any` or `all` in front, where written.
        quantifier: Option<Quantifier>,
        /// How.
        op: Comparison,
        /// Where the operator stands.
        at: Span,
        /// What is compared.
        left: Operand,
        /// With what.
        right: Operand,
    },
    /// Membership in a set.
    In {
        /// `any` or `all` in front, where written.
        quantifier: Option<Quantifier>,
        /// `not in`.
        negated: bool,
        /// What is looked for.
        left: Operand,
        /// Single values, and ranges with both ends.
        items: Vec<(Operand, Option<Operand>)>,
    },
    /// The opposite.
    Not(Box<Expr>),
    /// All of them; at least two.
    And(Vec<Expr>),
    /// Exactly an odd number of them; at least two.
    Xor(Vec<Expr>),
    /// One of them; at least two.
    Or(Vec<Expr>),
}

/// Of a field that occurs several times: which occurrences must satisfy the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quantifier {
    /// One is enough.
    Any,
    /// Each of them (and there is one).
    All,
}

/// How two things are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `==`: any is equal.
    Eq,
    /// `!=`: all differ.
    Ne,
    /// `===`: all are equal.
    AllEq,
    /// `!==`: any differs.
    AnyNe,
    /// `>`
    Gt,
    /// `<`
    Lt,
    /// `>=`
    Ge,
    /// `<=`
    Le,
    /// `contains`: has this within.
    Contains,
    /// `matches`: fits a regular expression.
    Matches,
}

impl Comparison {
    /// As it is printed.
    pub const fn sign(self) -> &'static str {
        match self {
            Comparison::Eq => "==",
            Comparison::Ne => "!=",
            Comparison::AllEq => "===",
            Comparison::AnyNe => "!==",
            Comparison::Gt => ">",
            Comparison::Lt => "<",
            Comparison::Ge => ">=",
            Comparison::Le => "<=",
            Comparison::Contains => "contains",
            Comparison::Matches => "matches",
        }
    }
}

/// One side of a comparison.
#[derive(Clone, Debug, PartialEq)]
pub struct Operand {
    /// What it is.
    pub what: What,
    /// Where it stands.
    pub span: Span,
}

/// The kinds of operands.
#[derive(Clone, Debug, PartialEq)]
pub enum What {
    /// A word without quotes: the name of a field or protocol if there is one, else a literal.
    Word(String),
    /// `.tcp`: surely a name.
    Name(String),
    /// `:fc`: surely a literal.
    Literal(String),
    /// A text in double quotes, its escapes resolved.
    Text(Vec<u8>),
    /// A character in single quotes.
    Char(u8),
    /// `${frame.number}`: the value in the selected frame.
    Reference(String),
    /// `@field`: its bytes, not decoded.
    Raw(Box<Operand>),
    /// `field#2`: only in this layer of its protocol.
    Layer(Box<Operand>, Vec<Part>),
    /// `field[0:2]`: some bytes of it.
    Slice(Box<Operand>, Vec<Part>),
    /// A function.
    Call(String, Vec<Operand>),
    /// `-x`.
    Negative(Box<Operand>),
    /// `x + y` and so on.
    Arithmetic(Arithmetic, Box<Operand>, Box<Operand>),
}

/// Operators between values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Arithmetic {
    /// `&`, bit by bit.
    And,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

impl Arithmetic {
    /// As it is printed.
    pub const fn sign(self) -> &'static str {
        match self {
            Arithmetic::And => "&",
            Arithmetic::Add => "+",
            Arithmetic::Subtract => "-",
            Arithmetic::Multiply => "*",
            Arithmetic::Divide => "/",
            Arithmetic::Remainder => "%",
        }
    }

    /// Higher binds tighter.
    const fn rank(self) -> u8 {
        match self {
            Arithmetic::And => 1,
            Arithmetic::Add | Arithmetic::Subtract => 2,
            Arithmetic::Multiply | Arithmetic::Divide | Arithmetic::Remainder => 3,
        }
    }
}

/// A piece of a slice; negative positions count from the end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// `[i]`
    At(i32),
    /// `[i:n]`: n from i on.
    Count(i32, i32),
    /// `[i-j]`: from i to j, both included.
    To(i32, i32),
    /// `[:n]`: the first n.
    First(i32),
    /// `[i:]`: all from i on.
    From(i32),
}

impl fmt::Display for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::At(i) => write!(f, "{i}"),
            Part::Count(i, n) => write!(f, "{i}:{n}"),
            Part::To(i, j) => write!(f, "{i}-{j}"),
            Part::First(n) => write!(f, ":{n}"),
            Part::From(i) => write!(f, "{i}:"),
        }
    }
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Expr::Test(operand) => operand.fmt(f),
            Expr::Compare {
                quantifier,
                op,
                left,
                right,
                ..
            } => {
                put_quantifier(*quantifier, f)?;
                write!(f, "{left} {} {right}", op.sign())
            }
            Expr::In {
                quantifier,
                negated,
                left,
                items,
            } => {
                put_quantifier(*quantifier, f)?;
                write!(f, "{left} {}in {{", if *negated { "not " } else { "" })?;
                for (i, (low, high)) in items.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    low.fmt(f)?;
                    if let Some(high) = high {
                        write!(f, " .. {high}")?;
                    }
                }
                f.write_char('}')
            }
            Expr::Not(inner) => match **inner {
                Expr::And(_) | Expr::Or(_) | Expr::Xor(_) => write!(f, "not ({inner})"),
                _ => write!(f, "not {inner}"),
            },
            Expr::And(all) => joined(all, " and ", f),
            Expr::Xor(all) => joined(all, " ^^ ", f),
            Expr::Or(all) => joined(all, " or ", f),
        }
    }
}

fn put_quantifier(quantifier: Option<Quantifier>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match quantifier {
        Some(Quantifier::Any) => f.write_str("any "),
        Some(Quantifier::All) => f.write_str("all "),
        None => Ok(()),
    }
}

/// Combinations within combinations always get parentheses: nobody has to know which binds tighter.
fn joined(parts: &[Expr], sign: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_str(sign)?;
        }
        match part {
            Expr::And(_) | Expr::Or(_) | Expr::Xor(_) => write!(f, "({part})")?,
            _ => part.fmt(f)?,
        }
    }
    Ok(())
}

impl fmt::Display for Operand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            What::Word(word) => f.write_str(word),
            What::Name(name) => write!(f, ".{name}"),
            What::Literal(text) => write!(f, ":{text}"),
            What::Text(text) => {
                f.write_char('"')?;
                for chunk in text.utf8_chunks() {
                    for c in chunk.valid().chars() {
                        match c {
                            '"' | '\\' => write!(f, "\\{c}")?,
                            c if c.is_control() => write!(f, "\\U{:08x}", u32::from(c))?,
                            c => f.write_char(c)?,
                        }
                    }
                    for byte in chunk.invalid() {
                        write!(f, "\\x{byte:02x}")?;
                    }
                }
                f.write_char('"')
            }
            What::Char(c) => match *c {
                b'\'' | b'\\' => write!(f, "'\\{}'", char::from(*c)),
                c if (0x20..0x7f).contains(&c) => write!(f, "'{}'", char::from(c)),
                c => write!(f, "'\\x{c:02x}'"),
            },
            What::Reference(name) => write!(f, "${{{name}}}"),
            What::Raw(inner) => write!(f, "@{inner}"),
            What::Layer(inner, parts) => {
                write!(f, "{inner}#[")?;
                ranges(parts, f)
            }
            What::Slice(inner, parts) => {
                match inner.what {
                    What::Negative(_) | What::Arithmetic(..) => write!(f, "{{{inner}}}[")?,
                    _ => write!(f, "{inner}[")?,
                }
                ranges(parts, f)
            }
            What::Call(name, arguments) => {
                write!(f, "{name}(")?;
                for (i, argument) in arguments.iter().enumerate() {
                    if i > 0 {
                        f.write_str(", ")?;
                    }
                    argument.fmt(f)?;
                }
                f.write_char(')')
            }
            What::Negative(inner) => match inner.what {
                What::Arithmetic(..) => write!(f, "-{{{inner}}}"),
                _ => write!(f, "-{inner}"),
            },
            What::Arithmetic(op, left, right) => {
                braced(left, op.rank(), f)?;
                write!(f, " {} ", op.sign())?;
                braced(right, op.rank() + 1, f)
            }
        }
    }
}

fn ranges(parts: &[Part], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            f.write_char(',')?;
        }
        part.fmt(f)?;
    }
    f.write_char(']')
}

/// An operand of an operator, in braces if it would be read otherwise without.
fn braced(operand: &Operand, rank: u8, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match operand.what {
        What::Arithmetic(op, ..) if op.rank() < rank => write!(f, "{{{operand}}}"),
        _ => operand.fmt(f),
    }
}
