//! From tokens to the syntax tree.
//!
//! What binds how tightly, loosest first: `or`, `xor`, `and`, `not`, comparisons, `&`, `+ -`, `* / %`, `-x`, `[ ]` and `#`.

use std::ops::Range;

use super::FilterError;
use super::lex::{self, Kind, Token};
use super::syntax::{Arithmetic, Comparison, Expr, Operand, Part, Quantifier, Span, What};

/// How deep parentheses, braces, `not`, functions and chains of arithmetic may be nested.
pub const NESTING: usize = 128;

/// The longest filter, in bytes.
pub const TEXT_LIMIT: usize = 64 * 1024;

/// Words that are operators, and so never names or literals.
pub(super) const KEYWORDS: &[&str] = &[
    "and",
    "or",
    "xor",
    "not",
    "in",
    "contains",
    "matches",
    "eq",
    "ne",
    "gt",
    "lt",
    "ge",
    "le",
    "any",
    "all",
    "any_eq",
    "all_eq",
    "any_ne",
    "all_ne",
    "bitwise_and",
    "bitand",
];

/// Read a filter. `None` if there is nothing but blanks.
pub(super) fn parse(text: &str) -> Result<Option<Expr>, FilterError> {
    if text.len() > TEXT_LIMIT {
        return Err(FilterError::new(
            TEXT_LIMIT..text.len(),
            format!("The filter is longer than {TEXT_LIMIT} bytes."),
        ));
    }
    let tokens = lex::tokens(text)?;
    if tokens.is_empty() {
        return Ok(None);
    }
    let mut parser = Parser {
        tokens: &tokens,
        at: 0,
        depth: 0,
        end: text.trim_end().len(),
        single_equals: None,
    };
    let expr = parser.or();
    if let Some(span) = parser.single_equals.clone() {
        // Read on as if `==` stood there, to be able to say what the whole should look like.
        let error = FilterError::new(span.clone(), "\"=\" is no comparison.");
        return Err(match expr {
            Ok(expr) if parser.at == tokens.len() => {
                let meant = set_meant(&expr).unwrap_or(expr).to_string();
                error
                    .hint(format!("Did you mean: {meant}"))
                    .fix(0..text.len(), meant)
            }
            _ => error.hint("\"Equal\" is written ==.").fix(span, "=="),
        });
    }
    let expr = expr?;
    if parser.at < tokens.len() {
        return Err(parser.left_over());
    }
    Ok(Some(expr))
}

/// `tcp.port == 80 or 443` with what was meant: `tcp.port in {80, 443}`.
pub(super) fn set_meant(expr: &Expr) -> Option<Expr> {
    let Expr::Or(parts) = expr else { return None };
    let (first, others) = parts.split_first()?;
    let Expr::Compare {
        quantifier,
        op: Comparison::Eq,
        left,
        right,
        ..
    } = first
    else {
        return None;
    };
    let mut items = vec![(right.clone(), None)];
    for other in others {
        let Expr::Test(operand) = other else {
            return None;
        };
        match &operand.what {
            What::Word(_) | What::Literal(_) | What::Text(_) | What::Char(_) => {
                items.push((operand.clone(), None));
            }
            _ => return None,
        }
    }
    Some(Expr::In {
        quantifier: *quantifier,
        negated: false,
        left: left.clone(),
        items,
    })
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
    depth: usize,
    /// Where the text ends.
    end: usize,
    single_equals: Option<Range<usize>>,
}

type Result<T, E = FilterError> = std::result::Result<T, E>;

impl Parser<'_> {
    fn peek(&self) -> Option<&Kind> {
        self.tokens.get(self.at).map(|t| &t.kind)
    }

    fn sign(&self, sign: &str) -> bool {
        matches!(self.peek(), Some(Kind::Sign(s)) if *s == sign)
    }

    fn word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Kind::Word(w)) if w == word)
    }

    /// Take the token if it is this sign or this word.
    fn take(&mut self, what: &str) -> bool {
        let found = self.sign(what) || self.word(what);
        self.at += usize::from(found);
        found
    }

    /// The place of the token at hand, or of the end.
    fn here(&self) -> Range<usize> {
        self.tokens
            .get(self.at)
            .map_or(self.end..self.end, |t| t.span.clone())
    }

    /// Where the token before ended.
    fn before(&self) -> usize {
        self.at
            .checked_sub(1)
            .and_then(|i| self.tokens.get(i))
            .map_or(0, |t| t.span.end)
    }

    fn deeper<T>(&mut self, inner: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth >= NESTING {
            return Err(FilterError::new(
                self.here(),
                format!("The filter is nested deeper than {NESTING} levels."),
            ));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// The token at hand does not belong here.
    fn unexpected(&self) -> FilterError {
        match self.tokens.get(self.at) {
            None => FilterError::new(self.end..self.end, "The filter ends too early."),
            Some(token) => FilterError::new(
                token.span.clone(),
                format!("{} was not expected here.", describe(&token.kind)),
            ),
        }
    }

    /// Something stands behind a complete filter.
    fn left_over(&self) -> FilterError {
        let error = self.unexpected();
        match self.peek() {
            Some(Kind::Word(w))
                if ["and", "or", "not", "xor", "in"].contains(&&*w.to_lowercase()) =>
            {
                let small = w.to_lowercase();
                error
                    .hint(format!("Operators are written in small letters: {small}"))
                    .fix(self.here(), small)
            }
            Some(Kind::Word(w)) if KEYWORDS.contains(&w.as_str()) => error,
            Some(Kind::Sign(")")) => error.hint("There is no opening parenthesis for it."),
            Some(Kind::Sign("==" | "!=" | ">" | "<" | ">=" | "<=" | "===" | "!==")) => {
                error.hint("Comparisons cannot be chained; join them with \"and\".")
            }
            Some(Kind::Word(_) | Kind::Name(_) | Kind::Text(_)) => {
                error.hint("Join tests with \"and\" or \"or\".")
            }
            _ => error,
        }
    }

    fn or(&mut self) -> Result<Expr> {
        self.chain(&["or", "||"], Self::xor, Expr::Or)
    }

    fn xor(&mut self) -> Result<Expr> {
        self.chain(&["xor", "^^"], Self::and, Expr::Xor)
    }

    fn and(&mut self) -> Result<Expr> {
        self.chain(&["and", "&&"], Self::not, Expr::And)
    }

    fn chain(
        &mut self,
        signs: &[&str],
        part: fn(&mut Self) -> Result<Expr>,
        join: fn(Vec<Expr>) -> Expr,
    ) -> Result<Expr> {
        let first = part(self)?;
        let mut parts = Vec::new();
        while signs.iter().any(|s| self.take(s)) {
            parts.push(part(self)?);
        }
        if parts.is_empty() {
            return Ok(first);
        }
        parts.insert(0, first);
        Ok(join(parts))
    }

    fn not(&mut self) -> Result<Expr> {
        if self.take("not") || self.take("!") {
            let inner = self.deeper(Self::not)?;
            return Ok(Expr::Not(Box::new(inner)));
        }
        if self.sign("(") {
            let open = self.here();
            self.at += 1;
            let inner = self.deeper(Self::or)?;
            if !self.take(")") {
                return Err(if self.peek().is_none() {
                    FilterError::new(open, "The parenthesis \"(\" is not closed.")
                } else {
                    self.left_over()
                });
            }
            return Ok(inner);
        }
        self.test()
    }

    fn test(&mut self) -> Result<Expr> {
        let quantifier = if self.take("any") {
            Some(Quantifier::Any)
        } else if self.take("all") {
            Some(Quantifier::All)
        } else {
            None
        };
        let left = self.operand()?;
        let at = Span(self.here());
        let negated = self.word("not")
            && matches!(self.tokens.get(self.at + 1), Some(Token { kind: Kind::Word(w), .. }) if w == "in");
        self.at += usize::from(negated);
        if self.take("in") {
            let items = self.set()?;
            return Ok(Expr::In {
                quantifier,
                negated,
                left,
                items,
            });
        }
        if self.sign("=") {
            self.single_equals.get_or_insert(at.0.clone());
        }
        let Some(op) = self.comparison() else {
            if quantifier.is_some() {
                return Err(match self.peek() {
                    None => self.unexpected(),
                    Some(_) => self.unexpected(),
                }
                .hint("\"any\" and \"all\" stand before comparisons."));
            }
            return Ok(Expr::Test(left));
        };
        self.at += 1;
        let right = self.operand()?;
        Ok(Expr::Compare {
            quantifier,
            op,
            at,
            left,
            right,
        })
    }

    /// The comparison at hand; it is not taken yet.
    fn comparison(&self) -> Option<Comparison> {
        let sign = match self.peek()? {
            Kind::Sign(s) => s,
            Kind::Word(w) => w.as_str(),
            _ => return None,
        };
        Some(match sign {
            "==" | "eq" | "any_eq" | "=" => Comparison::Eq,
            "!=" | "ne" | "all_ne" => Comparison::Ne,
            "===" | "all_eq" => Comparison::AllEq,
            "!==" | "any_ne" | "~=" => Comparison::AnyNe,
            ">" | "gt" => Comparison::Gt,
            "<" | "lt" => Comparison::Lt,
            ">=" | "ge" => Comparison::Ge,
            "<=" | "le" => Comparison::Le,
            "contains" => Comparison::Contains,
            "matches" | "~" => Comparison::Matches,
            _ => return None,
        })
    }

    fn set(&mut self) -> Result<Vec<(Operand, Option<Operand>)>> {
        if !self.take("{") {
            return Err(self
                .unexpected()
                .hint("A set is written in braces: {80, 443, 8000..8999}."));
        }
        let mut items = Vec::new();
        loop {
            let low = self.operand()?;
            let high = if self.take("..") {
                Some(self.operand()?)
            } else {
                None
            };
            items.push((low, high));
            if self.take("}") {
                return Ok(items);
            }
            if !self.take(",") {
                return Err(self
                    .unexpected()
                    .hint("The values of a set are separated by commas."));
            }
        }
    }

    fn operand(&mut self) -> Result<Operand> {
        self.arithmetic(0)
    }

    /// Chains of operators of one rank (0 = `&`, 1 = `+ -`, 2 = `* / %`); the first binds first.
    fn arithmetic(&mut self, rank: usize) -> Result<Operand> {
        const RANKS: [&[(&str, Arithmetic)]; 3] = [
            &[
                ("&", Arithmetic::And),
                ("bitwise_and", Arithmetic::And),
                ("bitand", Arithmetic::And),
            ],
            &[("+", Arithmetic::Add), ("-", Arithmetic::Subtract)],
            &[
                ("*", Arithmetic::Multiply),
                ("/", Arithmetic::Divide),
                ("%", Arithmetic::Remainder),
            ],
        ];
        let Some(signs) = RANKS.get(rank) else {
            return self.unary();
        };
        let mut left = self.arithmetic(rank + 1)?;
        let mut links = 0;
        loop {
            let Some((_, op)) = signs.iter().find(|(s, _)| self.take(s)) else {
                return Ok(left);
            };
            links += 1;
            if self.depth + links > NESTING {
                return Err(FilterError::new(
                    self.here(),
                    format!("More than {NESTING} values are joined by operators."),
                ));
            }
            let right = self.arithmetic(rank + 1)?;
            let span = Span(left.span.0.start..right.span.0.end);
            left = Operand {
                what: What::Arithmetic(*op, Box::new(left), Box::new(right)),
                span,
            };
        }
    }

    fn unary(&mut self) -> Result<Operand> {
        let start = self.here().start;
        if self.take("+") {
            return self.deeper(Self::unary);
        }
        if self.take("-") {
            let inner = self.deeper(Self::unary)?;
            let span = Span(start..inner.span.0.end);
            return Ok(Operand {
                what: What::Negative(Box::new(inner)),
                span,
            });
        }
        self.postfix()
    }

    /// An operand with its layer and slices.
    fn postfix(&mut self) -> Result<Operand> {
        let start = self.here().start;
        let mut operand = self.primary()?;
        let mut links = 0;
        loop {
            let what = match self.tokens.get(self.at) {
                Some(Token {
                    kind: Kind::Brackets(inner),
                    span,
                }) => {
                    let parts = parts(inner, span.start + 1, true)?;
                    self.at += 1;
                    What::Slice(Box::new(operand), parts)
                }
                Some(Token {
                    kind: Kind::Sign("#"),
                    ..
                }) => {
                    self.at += 1;
                    let parts = match self.tokens.get(self.at) {
                        Some(Token {
                            kind: Kind::Brackets(inner),
                            span,
                        }) => parts(inner, span.start + 1, true)?,
                        Some(Token {
                            kind: Kind::Word(word),
                            span,
                        }) => parts(word, span.start, false)?,
                        _ => return Err(self.unexpected()),
                    };
                    self.at += 1;
                    What::Layer(Box::new(operand), parts)
                }
                _ => return Ok(operand),
            };
            links += 1;
            if self.depth + links > NESTING {
                return Err(FilterError::new(
                    self.here(),
                    format!("More than {NESTING} slices of slices."),
                ));
            }
            operand = Operand {
                what,
                span: Span(start..self.before()),
            };
        }
    }

    fn primary(&mut self) -> Result<Operand> {
        let Some(token) = self.tokens.get(self.at) else {
            return Err(self.unexpected());
        };
        let start = token.span.start;
        let what = match &token.kind {
            Kind::Word(word) if KEYWORDS.contains(&word.as_str()) => return Err(self.unexpected()),
            Kind::Word(word) => {
                self.at += 1;
                if self.sign("(") {
                    self.at += 1;
                    let arguments = self.deeper(Self::arguments)?;
                    What::Call(word.clone(), arguments)
                } else {
                    What::Word(word.clone())
                }
            }
            Kind::Sign("{") => {
                self.at += 1;
                let inner = self.deeper(Self::operand)?;
                if !self.take("}") {
                    return Err(self.unexpected());
                }
                return Ok(Operand {
                    what: inner.what,
                    span: Span(start..self.before()),
                });
            }
            Kind::Sign("@") => {
                self.at += 1;
                let inner = self.deeper(Self::primary)?;
                What::Raw(Box::new(inner))
            }
            Kind::Name(name) => {
                self.at += 1;
                What::Name(name.clone())
            }
            Kind::Literal(text) => {
                self.at += 1;
                What::Literal(text.clone())
            }
            Kind::Text(text) => {
                self.at += 1;
                What::Text(text.clone())
            }
            Kind::Char(c) => {
                self.at += 1;
                What::Char(*c)
            }
            Kind::Reference(name) => {
                self.at += 1;
                What::Reference(name.clone())
            }
            Kind::Sign("(") => {
                return Err(self
                    .unexpected()
                    .hint("Values are grouped with braces: {a + b} * 2."));
            }
            _ => return Err(self.unexpected()),
        };
        Ok(Operand {
            what,
            span: Span(start..self.before()),
        })
    }

    fn arguments(&mut self) -> Result<Vec<Operand>> {
        let mut arguments = Vec::new();
        if self.take(")") {
            return Ok(arguments);
        }
        loop {
            arguments.push(self.operand()?);
            if self.take(")") {
                return Ok(arguments);
            }
            if !self.take(",") {
                return Err(self.unexpected());
            }
        }
    }
}

fn describe(kind: &Kind) -> String {
    match kind {
        Kind::Word(w) => format!("\"{w}\""),
        Kind::Name(n) => format!("\".{n}\""),
        Kind::Literal(t) => format!("\":{t}\""),
        Kind::Text(t) => format!("\"{}\"", String::from_utf8_lossy(t)),
        Kind::Char(c) => format!("'{}'", c.escape_ascii()),
        Kind::Reference(n) => format!("\"${{{n}}}\""),
        Kind::Brackets(_) => "\"[\"".to_owned(),
        Kind::Sign(s) => format!("\"{s}\""),
    }
}

/// What stands in brackets: `0:2`, `1-3`, `5`, `:4`, `9:`, several with commas. Inside them `start` is the place of the text.
fn parts(text: &str, start: usize, many: bool) -> Result<Vec<Part>> {
    let mut out = Vec::new();
    let mut at = start;
    for piece in text.split(',') {
        let trimmed = piece.trim();
        let from = at + (piece.len() - piece.trim_start().len());
        let span = from..from + trimmed.len();
        at += piece.len() + 1;
        let error = |message: String| FilterError::new(span.clone(), message);
        let part = part(trimmed).ok_or_else(|| {
            error(if trimmed.is_empty() {
                "A position is missing here.".to_owned()
            } else {
                format!("\"{trimmed}\" is no position.")
            })
            .hint("Write [first:count], [first-last], [one], [:count] or [first:].")
        })?;
        match part {
            Part::Count(_, n) | Part::First(n) if n <= 0 => {
                return Err(error(format!("The count {n} is not positive.")));
            }
            Part::To(i, j) if (i < 0) == (j < 0) && j < i => {
                return Err(error(format!("The range {i}-{j} ends before it begins.")));
            }
            _ => {}
        }
        out.push(part);
        if !many && out.len() > 1 {
            return Err(error("One layer number was expected.".to_owned()));
        }
    }
    Ok(out)
}

fn part(text: &str) -> Option<Part> {
    if let Some((first, count)) = text.split_once(':') {
        let (first, count) = (first.trim(), count.trim());
        return Some(match (first.is_empty(), count.is_empty()) {
            (true, false) => Part::First(position(count)?),
            (false, true) => Part::From(position(first)?),
            (false, false) => Part::Count(position(first)?, position(count)?),
            (true, true) => return None,
        });
    }
    // The first dash may be a sign; a later one is between the two ends.
    let dash = text.char_indices().skip(1).find(|(_, c)| *c == '-');
    Some(match dash {
        Some((at, _)) => Part::To(
            position(text[..at].trim())?,
            position(text[at + 1..].trim())?,
        ),
        None => Part::At(position(text)?),
    })
}

/// A position or count, decimal, hexadecimal or octal, with a sign.
fn position(text: &str) -> Option<i32> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let value = super::literal::unsigned(digits)?;
    let value = i32::try_from(value).ok()?;
    Some(if negative { -value } else { value })
}
