//! Literals: converted to the type of what they are compared with, or refused.

use regex::bytes::RegexBuilder;

use super::kind::{Type, supports};
use super::{Checker, Result, error, no_arithmetic, shown};
use crate::field::Kind;
use crate::filter::FilterError;
use crate::filter::literal;
use crate::filter::program::{Constant, Source, Test};
use crate::filter::syntax::{Operand, What};

impl Checker<'_> {
    /// A literal with operators in it, to be computed; `None` if it is a plain literal (a sign is part of it).
    pub(super) fn arithmetic_constant(
        &mut self,
        operand: &Operand,
        kind: Type,
    ) -> Result<Option<Source>> {
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
    pub(super) fn constant(
        &self,
        operand: &Operand,
        kind: Type,
        contains: bool,
    ) -> Result<Constant> {
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
                error(operand, format!("\"{text}\" is no sequence of bytes."))
                    .hint(format!(
                        "Bytes are written 00:1b:ff; a text in quotes: \"{text}\""
                    ))
                    .fix(operand.span.0.clone(), format!("\"{text}\""))
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
                .map_err(|message| self.address_hint(error(operand, message), text)),
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
                    .hint("Write the value without quotes.")
                    .fix(operand.span.0.clone(), words.into_owned()),
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
            let network = format!("{text}{}/{}", ".0".repeat(4 - count), count * 8);
            let span = error.span.clone();
            error
                .hint(format!("A network is written {network}"))
                .fix(span, network)
        } else if text.contains("/255.") {
            error.hint("Write the number of bits: 192.168.0.0/16")
        } else {
            error
        }
    }

    /// The pattern of `matches`.
    pub(super) fn pattern(&self, operand: &Operand) -> Result<Test> {
        let What::Text(text) = &operand.what else {
            return Err(error(
                operand,
                "The pattern of \"matches\" is a text in double quotes.",
            )
            .hint(format!("Write: matches \"{}\"", shown(operand)))
            .fix(operand.span.0.clone(), format!("\"{}\"", shown(operand))));
        };
        // What is no text goes into the pattern as bytes.
        let mut pattern = String::new();
        for chunk in text.utf8_chunks() {
            pattern.push_str(chunk.valid());
            for byte in chunk.invalid() {
                pattern.push_str(&format!("\\x{byte:02x}"));
            }
        }
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

fn no_date(operand: &Operand, text: &str) -> FilterError {
    error(operand, format!("\"{text}\" is no date and time."))
        .hint("Write \"2011-07-04 12:34:56\" or \"Nov 12, 1999 08:55:44.123\", with quotes; a zone may follow: Z or +01:00.")
}

/// What a literal is compared with, for messages.
fn what(kind: Type) -> String {
    match kind.field {
        Some(field) => format!("{} ({})", field.abbrev, kind.title()),
        None => format!("a value of the type \"{}\"", kind.title()),
    }
}
