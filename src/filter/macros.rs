//! Macros: names for pieces of filters, with arguments. `$name(a,b)` stands for the macro's text with `a` for `$1` and `b`
//! for `$2`. Also written `$name{a,b}`, `${name:a;b}` and `${name;a;b}`, and `$name` or `${name}` without arguments.
//!
//! Expansion is by text, before the filter is read; what an argument holds is expanded as well, and so is what comes out.
//! In quoted texts nothing is expanded.

use std::ops::Range;

use super::FilterError;
use super::parse::TEXT_LIMIT;

/// How deep macros may use macros.
pub const DEPTH: usize = 16;

/// The macros that are known: name and text, in the user's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Macros {
    list: Vec<(String, String)>,
}

impl Macros {
    /// No macros.
    pub const NONE: &'static Macros = &Macros { list: Vec::new() };

    /// These macros; of two with one name the later counts.
    pub fn new(list: impl IntoIterator<Item = (String, String)>) -> Macros {
        let mut macros = Macros::default();
        for (name, text) in list {
            macros.set(&name, &text);
        }
        macros
    }

    /// Whether a text can be the name of a macro: letters, digits and `_`, not a number (`$1` is an argument).
    pub fn is_name(text: &str) -> bool {
        !text.is_empty() && text.bytes().all(is_name) && !text.bytes().all(|b| b.is_ascii_digit())
    }

    /// Name and text of each.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.list.iter().map(|(n, t)| (n.as_str(), t.as_str()))
    }

    /// Its text.
    pub fn get(&self, name: &str) -> Option<&str> {
        let found = self.list.iter().find(|(n, _)| n == name);
        found.map(|(_, text)| text.as_str())
    }

    /// Add a macro, or give it another text. What is no name is left out; says whether it is one.
    pub fn set(&mut self, name: &str, text: &str) -> bool {
        if !Macros::is_name(name) {
            return false;
        }
        match self.list.iter_mut().find(|(n, _)| n == name) {
            Some((_, old)) => text.clone_into(old),
            None => self.list.push((name.to_owned(), text.to_owned())),
        }
        true
    }

    /// Take a macro away.
    pub fn remove(&mut self, name: &str) {
        self.list.retain(|(n, _)| n != name);
    }
}

fn is_name(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b'_'
}

/// A text with its macros expanded, and which part came from where.
#[derive(Debug)]
pub(super) struct Expanded {
    /// The text to read.
    pub text: String,
    /// Pieces of it in order: behind its end, and the place in the original; `true` if it was copied byte by byte.
    pieces: Vec<(usize, Range<usize>, bool)>,
}

impl Expanded {
    /// The place in the original of a place in the expanded text; inside of what a macro gave, the macro.
    pub fn original(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.point(span.start, false);
        let end = self.point(span.end, true);
        start..end.max(start)
    }

    fn point(&self, at: usize, is_end: bool) -> usize {
        let mut from = 0;
        for (behind, place, copied) in &self.pieces {
            // An end belongs to the piece before it, a beginning to the one behind it.
            let inside = if is_end { at <= *behind } else { at < *behind };
            if inside {
                return match (copied, is_end) {
                    (true, _) => place.start + (at - from),
                    (false, true) => place.end,
                    (false, false) => place.start,
                };
            }
            from = *behind;
        }
        self.pieces.last().map_or(at, |(_, place, _)| place.end)
    }

    fn push(&mut self, text: &str, place: Range<usize>, copied: bool) {
        if !text.is_empty() || !copied {
            self.text.push_str(text);
            self.pieces.push((self.text.len(), place, copied));
        }
    }

    /// Whether there was no macro.
    pub fn is_plain(&self) -> bool {
        self.pieces.iter().all(|(_, _, copied)| *copied)
    }
}

/// A use of a macro in a text.
struct Call<'a> {
    name: &'a str,
    arguments: Vec<&'a str>,
    span: Range<usize>,
    /// Written so that it can only be a macro: `${name}` may be a field's reference, `$name` is none.
    surely: bool,
}

/// Expand the macros of a text.
pub(super) fn expand(text: &str, macros: &Macros) -> Result<Expanded, FilterError> {
    let mut out = Expanded {
        text: String::new(),
        pieces: Vec::new(),
    };
    let mut at = 0;
    let mut budget = TEXT_LIMIT;
    while let Some(call) = next_call(text, at)? {
        let Some(body) = macros.get(call.name) else {
            if call.surely {
                return Err(unknown(&call, macros));
            }
            let end = call.span.end;
            out.push(&text[at..end], at..end, true);
            at = end;
            continue;
        };
        out.push(&text[at..call.span.start], at..call.span.start, true);
        let expanded = expand_call(&call, body, macros, 1, &mut budget)
            .map_err(|message| FilterError::new(call.span.clone(), message))?;
        out.push(&expanded, call.span.clone(), false);
        at = call.span.end;
    }
    out.push(&text[at..], at..text.len(), true);
    Ok(out)
}

fn unknown(call: &Call<'_>, macros: &Macros) -> FilterError {
    let error = FilterError::new(
        call.span.clone(),
        format!("There is no macro \"{}\".", call.name),
    );
    let known: Vec<&str> = macros.iter().map(|(n, _)| n).collect();
    if known.is_empty() {
        error.hint("The value of a field in the selected frame is written ${field}.")
    } else {
        error.hint(format!("The macros are {}.", known.join(", ")))
    }
}

/// The text of one use: arguments put in, and what comes out expanded in turn.
fn expand_call(
    call: &Call<'_>,
    body: &str,
    macros: &Macros,
    depth: usize,
    budget: &mut usize,
) -> Result<String, String> {
    if depth > DEPTH {
        return Err(format!(
            "The macro \"{}\" uses macros more than {DEPTH} levels deep.",
            call.name
        ));
    }
    let text = put_in(call, body)?;
    *budget = budget.checked_sub(text.len()).ok_or_else(|| {
        format!(
            "With its macros written out the filter is longer than {TEXT_LIMIT} bytes: \"{}\".",
            call.name
        )
    })?;
    let mut out = String::new();
    let mut at = 0;
    while let Some(inner) = next_call(&text, at).map_err(|e| e.message)? {
        match macros.get(inner.name) {
            Some(body) => {
                out.push_str(&text[at..inner.span.start]);
                out.push_str(&expand_call(&inner, body, macros, depth + 1, budget)?);
            }
            None if inner.surely => {
                return Err(format!(
                    "The macro \"{}\" uses \"{}\", which does not exist.",
                    call.name, inner.name
                ));
            }
            None => out.push_str(&text[at..inner.span.end]),
        }
        at = inner.span.end;
    }
    out.push_str(&text[at..]);
    if out.len() > TEXT_LIMIT {
        return Err(format!(
            "With its macros written out the filter is longer than {TEXT_LIMIT} bytes."
        ));
    }
    Ok(out)
}

/// The macro's text with the arguments in the places of `$1`, `$2`, ...
fn put_in(call: &Call<'_>, body: &str) -> Result<String, String> {
    let mut out = String::new();
    let mut used = 0;
    let mut rest = body;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let behind = &rest[at + 1..];
        let digits = behind.bytes().take_while(u8::is_ascii_digit).count();
        let number = behind[..digits].parse::<usize>().ok().filter(|n| *n > 0);
        let Some(number) = number else {
            out.push('$');
            rest = behind;
            continue;
        };
        used = used.max(number);
        match call.arguments.get(number - 1) {
            Some(argument) => out.push_str(argument),
            None => return Err(takes(call, highest(body))),
        }
        if out.len() > TEXT_LIMIT {
            return Err(format!(
                "With its macros written out the filter is longer than {TEXT_LIMIT} bytes."
            ));
        }
        rest = &behind[digits..];
    }
    out.push_str(rest);
    if call.arguments.len() > used {
        return Err(takes(call, used));
    }
    Ok(out)
}

/// How many arguments a macro's text wants.
fn highest(body: &str) -> usize {
    body.split('$')
        .skip(1)
        .filter_map(|part| {
            let digits = part.bytes().take_while(u8::is_ascii_digit).count();
            part[..digits].parse().ok()
        })
        .max()
        .unwrap_or(0)
}

fn takes(call: &Call<'_>, wanted: usize) -> String {
    let many = |n: usize| match n {
        0 => "no arguments".to_owned(),
        1 => "1 argument".to_owned(),
        n => format!("{n} arguments"),
    };
    format!(
        "The macro \"{}\" takes {}, not {}.",
        call.name,
        many(wanted),
        call.arguments.len()
    )
}

/// The next use of a macro from `at` on, outside of quotes. `Err`: one that does not end.
fn next_call(text: &str, at: usize) -> Result<Option<Call<'_>>, FilterError> {
    let bytes = text.as_bytes();
    let mut at = at;
    while let Some(&b) = bytes.get(at) {
        match b {
            b'"' | b'\'' => at = quoted_end(bytes, at),
            b'$' => match call_at(text, at)? {
                Some(call) => return Ok(Some(call)),
                None => at += 1,
            },
            _ => at += 1,
        }
    }
    Ok(None)
}

/// Behind the closing quote of a text that begins here, or the end.
fn quoted_end(bytes: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(&b) = bytes.get(at) {
        match b {
            b'\\' => at += 2,
            b if b == bytes[start] => return at + 1,
            _ => at += 1,
        }
    }
    bytes.len()
}

fn call_at(text: &str, start: usize) -> Result<Option<Call<'_>>, FilterError> {
    let rest = &text[start + 1..];
    if let Some(inner) = rest.strip_prefix('{') {
        // ${name}, ${name:a;b}, ${name;a;b}
        let Some(end) = inner.find('}') else {
            return Ok(None);
        };
        let span = start..start + 2 + end + 1;
        let inner = &inner[..end];
        let (name, arguments) = match inner.find([':', ';']) {
            Some(at) => (&inner[..at], inner[at + 1..].split(';').collect()),
            None => (inner, Vec::new()),
        };
        let name = name.trim();
        if !Macros::is_name(name) {
            return Ok(None);
        }
        let surely = inner.contains([':', ';']);
        return Ok(Some(Call {
            name,
            arguments,
            span,
            surely,
        }));
    }
    let len = rest.bytes().take_while(|b| is_name(*b)).count();
    let name = &rest[..len];
    if !Macros::is_name(name) {
        return Ok(None);
    }
    let behind = &rest[len..];
    let close = match behind.as_bytes().first() {
        Some(b'(') => b')',
        Some(b'{') => b'}',
        _ => {
            // `$ip.src`: a field's reference without braces is none of ours.
            let surely = !behind.starts_with('.');
            return Ok(Some(Call {
                name,
                arguments: Vec::new(),
                span: start..start + 1 + len,
                surely,
            }));
        }
    };
    let open = start + 1 + len;
    let Some((arguments, end)) = arguments(text, open + 1, close) else {
        return Err(FilterError::new(
            open..text.len(),
            format!("The arguments of the macro \"{name}\" do not end."),
        ));
    };
    Ok(Some(Call {
        name,
        arguments,
        span: start..end,
        surely: true,
    }))
}

/// Arguments from `from` on up to the closing mark, separated by commas (or semicolons in braces); what is nested in
/// parentheses, brackets, braces or quotes stays together. Also where the text goes on.
fn arguments(text: &str, from: usize, close: u8) -> Option<(Vec<&str>, usize)> {
    let bytes = text.as_bytes();
    let mut out = Vec::new();
    let mut nested = 0usize;
    let (mut at, mut start) = (from, from);
    loop {
        match *bytes.get(at)? {
            b'"' | b'\'' => {
                at = quoted_end(bytes, at);
                continue;
            }
            b if nested == 0 && b == close => {
                let last = text.get(start..at)?.trim();
                if !(out.is_empty() && last.is_empty()) {
                    out.push(last);
                }
                return Some((out, at + 1));
            }
            b'(' | b'[' | b'{' => nested += 1,
            b')' | b']' | b'}' => nested = nested.saturating_sub(1),
            b',' if nested == 0 => {
                out.push(text.get(start..at)?.trim());
                start = at + 1;
            }
            b';' if nested == 0 && close == b'}' => {
                out.push(text.get(start..at)?.trim());
                start = at + 1;
            }
            _ => {}
        }
        at += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn macros() -> Macros {
        let list = [
            ("web", "tcp.port in {80, 443}"),
            ("between", "(ip.addr == $1 and ip.addr == $2)"),
            ("both", "$between($1, $2) and $web"),
            ("private", "ip_rfc1918($1)"),
            ("twice", "$1 or $1"),
            ("loop", "$loop"),
        ];
        Macros::new(list.map(|(n, t)| (n.to_owned(), t.to_owned())))
    }

    fn written_out(text: &str) -> String {
        match expand(text, &macros()) {
            Ok(expanded) => expanded.text,
            Err(e) => format!("{:?}: {}", e.span, e.message),
        }
    }

    #[test]
    fn macros_are_written_in_several_ways() {
        for (text, expected) in [
            ("$web", "tcp.port in {80, 443}"),
            ("${web} or dns", "tcp.port in {80, 443} or dns"),
            (
                "$between(10.0.0.1, 10.0.0.2)",
                "(ip.addr == 10.0.0.1 and ip.addr == 10.0.0.2)",
            ),
            (
                "$between{10.0.0.1, 10.0.0.2}",
                "(ip.addr == 10.0.0.1 and ip.addr == 10.0.0.2)",
            ),
            (
                "$between{10.0.0.1;10.0.0.2}",
                "(ip.addr == 10.0.0.1 and ip.addr == 10.0.0.2)",
            ),
            (
                "${between:10.0.0.1;10.0.0.2}",
                "(ip.addr == 10.0.0.1 and ip.addr == 10.0.0.2)",
            ),
            (
                "${between;10.0.0.1;10.0.0.2}",
                "(ip.addr == 10.0.0.1 and ip.addr == 10.0.0.2)",
            ),
            (
                "$both(1.1.1.1,2.2.2.2)",
                "(ip.addr == 1.1.1.1 and ip.addr == 2.2.2.2) and tcp.port in {80, 443}",
            ),
            ("$private(ip.src)", "ip_rfc1918(ip.src)"),
            // Commas in parentheses and quotes belong to the argument; arguments are expanded as well.
            (
                "$twice(max(1,tcp.len) > 2)",
                "max(1,tcp.len) > 2 or max(1,tcp.len) > 2",
            ),
            (
                "$twice(http.host == \"a,)b\")",
                "http.host == \"a,)b\" or http.host == \"a,)b\"",
            ),
            (
                "$twice($web)",
                "tcp.port in {80, 443} or tcp.port in {80, 443}",
            ),
            // In quotes nothing is expanded, and references stay what they are.
            ("http.host == \"$web\"", "http.host == \"$web\""),
            ("tcp.port == ${tcp.srcport}", "tcp.port == ${tcp.srcport}"),
            ("frame.number == ${unknown}", "frame.number == ${unknown}"),
        ] {
            assert_eq!(written_out(text), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_expanded_is_refused_at_its_place() {
        for (text, expected) in [
            (
                "dns or $nothing(1)",
                "7..18: There is no macro \"nothing\".",
            ),
            (
                "$between(1.1.1.1)",
                "0..17: The macro \"between\" takes 2 arguments, not 1.",
            ),
            (
                "$web(1)",
                "0..7: The macro \"web\" takes no arguments, not 1.",
            ),
            (
                "$private(ip.src",
                "8..15: The arguments of the macro \"private\" do not end.",
            ),
            (
                "$loop",
                "0..5: The macro \"loop\" uses macros more than 16 levels deep.",
            ),
        ] {
            assert_eq!(written_out(text), expected, "{text}");
        }
    }

    #[test]
    fn a_macro_that_grows_without_end_is_stopped() {
        let grow = ("grow".to_owned(), "$grow($1 or $1 or $1 or $1)".to_owned());
        let error = expand("$grow(tcp.port == 80)", &Macros::new([grow])).unwrap_err();
        assert!(error.message.contains("longer than"), "{}", error.message);
    }

    #[test]
    fn places_lead_back_to_what_was_typed() {
        let text = "dns and $web and ipp";
        let expanded = expand(text, &macros()).unwrap();
        assert!(!expanded.is_plain());
        let place = |part: &str| {
            let at = expanded.text.find(part).unwrap();
            let original = expanded.original(&(at..at + part.len()));
            text[original].to_owned()
        };
        assert_eq!(place("dns"), "dns");
        assert_eq!(place("443"), "$web");
        assert_eq!(place("ipp"), "ipp");
        assert_eq!(place("80, 443} and ipp"), "$web and ipp");
        let end = expanded.text.len();
        assert_eq!(expanded.original(&(end..end)), text.len()..text.len());
    }

    #[test]
    fn names_are_letters_and_digits() {
        assert!(Macros::is_name("tcp_conv2") && !Macros::is_name("1") && !Macros::is_name("a.b"));
        let mut macros = macros();
        assert!(!macros.set("a b", "tcp"));
        assert!(macros.set("web", "tcp.port == 8080"));
        assert_eq!(macros.get("web"), Some("tcp.port == 8080"));
        macros.remove("web");
        assert_eq!(macros.get("web"), None);
    }
}
