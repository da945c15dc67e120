//! Functions.

use std::net::IpAddr;

use super::kind::{Type, comparable};
use super::{Checker, Result, error, mismatch, shown};
use crate::field::Kind;
use crate::filter::FilterError;
use crate::filter::program::{Selector, Source, Writing};
use crate::filter::syntax::{Operand, What};

/// All functions: name, and what it gives.
pub(in crate::filter) const FUNCTIONS: &[(&str, &str)] = &[
    ("len", "length in bytes"),
    ("count", "how often it occurs in the packet"),
    ("lower", "a text in small letters"),
    ("upper", "a text in capital letters"),
    ("string", "a number or address as text"),
    ("vals", "the name of a value"),
    ("dec", "an integer as decimal text"),
    ("hex", "an integer as hexadecimal text"),
    ("float", "a number with fractions"),
    ("double", "a number with fractions"),
    ("abs", "a number without its sign"),
    ("max", "the largest value"),
    ("min", "the smallest value"),
    ("ip_rfc1918", "whether an IPv4 address is private"),
    ("ip_multicast", "whether an address is a group's"),
    ("ip_linklocal", "whether an address is of the link only"),
    ("ip_ula", "whether an IPv6 address is a unique local one"),
];

impl Checker<'_> {
    pub(super) fn call(
        &mut self,
        operand: &Operand,
        name: &str,
        arguments: &[Operand],
    ) -> Result<(Source, Type)> {
        let many = matches!(name, "max" | "min");
        if !FUNCTIONS.iter().any(|(known, _)| *known == name) {
            let known: Vec<&str> = FUNCTIONS.iter().map(|(name, _)| *name).collect();
            return Err(error(operand, format!("There is no function \"{name}\"."))
                .hint(format!("The functions are {}.", known.join(", "))));
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
            "vals" | "dec" | "hex" => {
                let (selector, kind) = self.field_argument(name, first)?;
                if !kind.is_integer() || kind.slice {
                    return Err(self.wrong_type(name, "an integer", first, kind));
                }
                let writing = match name {
                    "vals" => Writing::Name,
                    "dec" => Writing::Decimal,
                    _ => Writing::Hexadecimal,
                };
                Ok((Source::Written(writing, selector), Type::plain(Kind::Str)))
            }
            "float" | "double" => {
                let (source, kind) = self.left(first, name)?;
                if !kind.is_integer() && !matches!(kind.kind, Kind::F32 | Kind::F64) {
                    return Err(self.wrong_type(name, "a number", first, kind));
                }
                Ok((Source::Float(Box::new(source)), Type::plain(Kind::F64)))
            }
            "ip_rfc1918" | "ip_multicast" | "ip_linklocal" | "ip_ula" => {
                let (selector, kind) = self.field_argument(name, first)?;
                if !matches!(kind.kind, Kind::Ipv4 | Kind::Ipv6) || kind.slice {
                    return Err(self.wrong_type(name, "an IP address", first, kind));
                }
                let is: fn(IpAddr) -> bool = match name {
                    "ip_rfc1918" => |a| matches!(a, IpAddr::V4(a) if a.is_private()),
                    "ip_multicast" => |a| a.is_multicast(),
                    "ip_linklocal" => |a| match a {
                        IpAddr::V4(a) => a.is_link_local(),
                        IpAddr::V6(a) => a.is_unicast_link_local(),
                    },
                    _ => |a| matches!(a, IpAddr::V6(a) if a.is_unique_local()),
                };
                Ok((Source::Is(is, selector), Type::plain(Kind::Bool)))
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

    fn wrong_type(&self, name: &str, wanted: &str, given: &Operand, kind: Type) -> FilterError {
        error(
            given,
            format!(
                "{name}() takes {wanted}, and {} is of the type \"{}\".",
                shown(given),
                kind.title()
            ),
        )
    }

    pub(super) fn field_argument(
        &mut self,
        name: &str,
        argument: &Operand,
    ) -> Result<(Selector, Type)> {
        match &argument.what {
            What::Word(_) | What::Name(_) | What::Raw(_) | What::Layer(..) => {
                self.selector(argument)
            }
            _ => Err(error(argument, format!("{name}() takes a field."))),
        }
    }

    pub(super) fn numeric(&self, operand: &Operand, kind: Type, name: &str) -> Result<()> {
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
}
