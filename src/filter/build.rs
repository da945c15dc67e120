//! Expressions put together from parts: field, range, relation, value.

use super::complete::searchable;
use super::compose::quoted;
use super::literal;
use super::syntax::Quantifier;
use crate::field::{Field, Kind};

/// How the field relates to the value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Relation {
    /// It is there.
    #[default]
    Present,
    /// `==`
    Eq,
    /// `!=`
    Ne,
    /// `>`
    Gt,
    /// `<`
    Lt,
    /// `>=`
    Ge,
    /// `<=`
    Le,
    /// `contains`
    Contains,
    /// `matches`
    Matches,
    /// `in { }`
    In,
}

impl Relation {
    /// All of them, in the order of lists.
    pub const ALL: [Relation; 10] = [
        Relation::Present,
        Relation::Eq,
        Relation::Ne,
        Relation::Gt,
        Relation::Lt,
        Relation::Ge,
        Relation::Le,
        Relation::Contains,
        Relation::Matches,
        Relation::In,
    ];

    /// As it is written in filters; nothing for presence.
    pub const fn sign(self) -> &'static str {
        match self {
            Relation::Present => "",
            Relation::Eq => "==",
            Relation::Ne => "!=",
            Relation::Gt => ">",
            Relation::Lt => "<",
            Relation::Ge => ">=",
            Relation::Le => "<=",
            Relation::Contains => "contains",
            Relation::Matches => "matches",
            Relation::In => "in",
        }
    }

    /// In words.
    pub const fn title(self) -> &'static str {
        match self {
            Relation::Present => "is present",
            Relation::Eq => "is equal to",
            Relation::Ne => "is not equal to",
            Relation::Gt => "is greater than",
            Relation::Lt => "is less than",
            Relation::Ge => "is at least",
            Relation::Le => "is at most",
            Relation::Contains => "contains",
            Relation::Matches => "matches the pattern",
            Relation::In => "is one of",
        }
    }

    /// Whether it makes sense for values of a kind; `sliced`: of a part of their bytes.
    pub fn fits(self, kind: Kind, sliced: bool) -> bool {
        match self {
            Relation::Present => true,
            _ if sliced => self != Relation::In,
            Relation::Contains | Relation::Matches => searchable(kind),
            Relation::Eq | Relation::Ne => kind != Kind::None,
            _ => !matches!(kind, Kind::None | Kind::Protocol | Kind::Bool),
        }
    }
}

/// Whether a part of the bytes of values of a kind can be taken.
pub fn can_be_sliced(kind: Kind) -> bool {
    matches!(
        kind,
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

/// The parts of an expression.
#[derive(Clone, Debug, Default)]
pub struct Expression {
    /// The field's name; nothing: no expression.
    pub name: String,
    /// Which part of its bytes: `0:3`, or nothing.
    pub range: String,
    /// Which of several values must satisfy it.
    pub quantifier: Option<Quantifier>,
    /// How.
    pub relation: Relation,
    /// The value as the user writes it: texts without quotes.
    pub value: String,
}

impl Expression {
    /// The filter. `field` is the field of that name.
    pub fn text(&self, field: &Field) -> String {
        let range = self.range.trim();
        let range = range.trim_start_matches('[').trim_end_matches(']');
        let subject = if range.is_empty() {
            self.name.clone()
        } else {
            format!("{}[{range}]", self.name)
        };
        if self.relation == Relation::Present {
            return subject;
        }
        let quantifier = match self.quantifier {
            None => "",
            Some(Quantifier::Any) => "any ",
            Some(Quantifier::All) => "all ",
        };
        let sliced = !range.is_empty();
        let value = if self.relation == Relation::In {
            let inner = self
                .value
                .trim()
                .trim_start_matches('{')
                .trim_end_matches('}');
            let values = split(inner);
            let values: Vec<String> = values.iter().map(|v| self.item(field, v)).collect();
            format!("{{{}}}", values.join(", "))
        } else {
            self.literal(field, sliced, self.value.trim())
        };
        format!("{quantifier}{subject} {} {value}", self.relation.sign())
    }

    /// A value of a set, or a range of two.
    fn item(&self, field: &Field, text: &str) -> String {
        match text.split_once("..") {
            Some((low, high)) if !text.starts_with('"') => format!(
                "{}..{}",
                self.literal(field, false, low.trim()),
                self.literal(field, false, high.trim())
            ),
            _ => self.literal(field, false, text),
        }
    }

    /// A value as a literal: with quotes where they are needed.
    fn literal(&self, field: &Field, sliced: bool, text: &str) -> String {
        if text.starts_with(['"', '\'', '$']) || text.starts_with("r\"") || text.is_empty() {
            return text.to_owned();
        }
        if self.relation == Relation::Matches {
            return if text.contains('"') {
                quoted(text.as_bytes())
            } else {
                format!("r\"{text}\"")
            };
        }
        let quote = match field.kind {
            Kind::Str if !sliced => true,
            Kind::AbsTime => true,
            Kind::Str | Kind::Bytes | Kind::Protocol => literal::bytes(text).is_none(),
            kind if kind.is_unsigned() || kind.is_signed() || kind == Kind::Char => {
                literal::unsigned(text.trim_start_matches('-')).is_none()
                    && literal::has_names(field)
            }
            _ => false,
        };
        if quote {
            quoted(text.as_bytes())
        } else {
            text.to_owned()
        }
    }
}

/// The values of a set, separated by commas outside of quotes.
fn split(text: &str) -> Vec<&str> {
    let mut out = Vec::new();
    let (mut start, mut quote, mut escaped) = (0, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quote => escaped = true,
            '"' => quote = !quote,
            ',' if !quote => {
                out.push(text[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    out.push(text[start..].trim());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    static PORT: Field = Field::new("x.port", "Port", Kind::U16);
    static HOST: Field = Field::new("x.host", "Host", Kind::Str);
    static CODE: Field =
        Field::new("x.code", "Code", Kind::U8).values(&[(1, "No error"), (2, "Bad")]);
    static DATA: Field = Field::new("x.data", "Data", Kind::Bytes);
    static TIME: Field = Field::new("x.time", "Time", Kind::AbsTime);

    fn made(field: &Field, range: &str, relation: Relation, value: &str) -> String {
        let expression = Expression {
            name: field.abbrev.to_owned(),
            range: range.to_owned(),
            relation,
            value: value.to_owned(),
            quantifier: None,
        };
        expression.text(field)
    }

    #[test]
    fn values_are_written_as_their_type_needs_it() {
        for (field, range, relation, value, expected) in [
            (&PORT, "", Relation::Present, "80", "x.port"),
            (&PORT, "", Relation::Ge, " 80 ", "x.port >= 80"),
            (
                &PORT,
                "",
                Relation::In,
                "80, 443,8000..8999",
                "x.port in {80, 443, 8000..8999}",
            ),
            (&PORT, "", Relation::In, "{80}", "x.port in {80}"),
            (
                &HOST,
                "",
                Relation::Eq,
                "a \"b\"",
                "x.host == \"a \\\"b\\\"\"",
            ),
            (&HOST, "", Relation::Eq, "\"a\"", "x.host == \"a\""),
            (
                &HOST,
                "",
                Relation::Matches,
                "a\\.b$",
                "x.host matches r\"a\\.b$\"",
            ),
            (
                &HOST,
                "",
                Relation::Matches,
                "a\"\\.b",
                "x.host matches \"a\\\"\\\\.b\"",
            ),
            (
                &HOST,
                "",
                Relation::In,
                "a, \"b,c\"",
                "x.host in {\"a\", \"b,c\"}",
            ),
            (
                &HOST,
                "[0:2]",
                Relation::Eq,
                "ab:cd",
                "x.host[0:2] == ab:cd",
            ),
            (&HOST, "0:2", Relation::Eq, "GE", "x.host[0:2] == \"GE\""),
            (
                &CODE,
                "",
                Relation::Eq,
                "No error",
                "x.code == \"No error\"",
            ),
            (&CODE, "", Relation::Eq, "2", "x.code == 2"),
            (
                &DATA,
                "",
                Relation::Contains,
                "00:ff",
                "x.data contains 00:ff",
            ),
            (
                &DATA,
                "",
                Relation::Contains,
                "text",
                "x.data contains \"text\"",
            ),
            (
                &TIME,
                "",
                Relation::Gt,
                "2026-01-01",
                "x.time > \"2026-01-01\"",
            ),
        ] {
            assert_eq!(made(field, range, relation, value), expected);
        }
        let all = Expression {
            name: "x.port".into(),
            quantifier: Some(Quantifier::All),
            relation: Relation::Gt,
            value: "1024".into(),
            ..Expression::default()
        };
        assert_eq!(all.text(&PORT), "all x.port > 1024");
    }

    #[test]
    fn relations_fit_kinds() {
        let fits = |kind| {
            Relation::ALL
                .into_iter()
                .filter(|r| r.fits(kind, false))
                .count()
        };
        assert_eq!(fits(Kind::None), 1);
        assert_eq!(fits(Kind::Bool), 3);
        assert_eq!(fits(Kind::U16), 8);
        assert_eq!(fits(Kind::Str), 10);
        assert!(
            Relation::Contains.fits(Kind::Ipv4, true)
                && !Relation::Contains.fits(Kind::Ipv4, false)
        );
    }
}
