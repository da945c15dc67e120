//! Finding commands by parts of their names: every word of the query must be somewhere, best at the beginning of a word, else
//! anywhere, else letter by letter in the same order ("fts" finds "Follow TCP stream").

/// How well a query fits, and which letters of the name it met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Greater is better.
    pub score: i32,
    /// Places (in characters) of the letters that were met, in order.
    pub letters: Vec<usize>,
}

/// How a query fits a name; `None`: not at all. `more` are texts that also lead to it (its menu, its name for machines), for less.
pub fn fit(query: &str, name: &str, more: &[&str]) -> Option<Fit> {
    let name_letters = lower(name);
    let others: Vec<Vec<char>> = more.iter().map(|m| lower(m)).collect();
    let mut total = Fit {
        score: 0,
        letters: Vec::new(),
    };
    for word in query.split_whitespace() {
        let word = lower(word);
        if let Some((score, letters)) = meet(&word, &name_letters) {
            total.score += score;
            total.letters.extend(letters);
            continue;
        }
        // Letters strewn over a long text would meet anything.
        let other = others.iter().filter_map(|other| together(&word, other));
        let (score, _) = other.max_by_key(|(score, _)| *score)?;
        total.score += score / 2;
    }
    total.letters.sort_unstable();
    total.letters.dedup();
    // Of two that fit alike, the shorter one is meant.
    let length = i32::try_from(name_letters.len()).unwrap_or(i32::MAX);
    total.score = total.score.saturating_mul(100).saturating_sub(length);
    Some(total)
}

/// Small letters; one for one, so that places stay what they are.
fn lower(text: &str) -> Vec<char> {
    text.chars()
        .map(|c| c.to_lowercase().next().unwrap_or(c))
        .collect()
}

fn begins_word(text: &[char], at: usize) -> bool {
    at == 0 || !text[at - 1].is_alphanumeric()
}

/// The word as it stands in the text, best at the beginning of a word.
fn together(word: &[char], text: &[char]) -> Option<(i32, Vec<usize>)> {
    let last = text.len().checked_sub(word.len())?;
    let mut anywhere = None;
    for at in 0..=last {
        if text[at..at + word.len()] == *word {
            if begins_word(text, at) {
                let first = i32::from(at == 0) * 20;
                return Some((100 + first, (at..at + word.len()).collect()));
            }
            anywhere = anywhere.or(Some(at));
        }
    }
    anywhere.map(|at| (60, (at..at + word.len()).collect()))
}

/// The word in the text, together or strewn.
fn meet(word: &[char], text: &[char]) -> Option<(i32, Vec<usize>)> {
    if let Some(found) = together(word, text) {
        return Some(found);
    }
    // The beginnings of words first ("fts"), then letters in the order they come.
    let initials =
        (0..text.len()).filter(|at| begins_word(text, *at) && text[*at].is_alphanumeric());
    strewn(word, text, initials)
        .map(|letters| (50, letters))
        .or_else(|| {
            let letters = strewn(word, text, 0..text.len())?;
            let span = letters.last()? - letters.first()? + 1;
            // Too far apart is not what anyone means.
            (span <= word.len() * 3).then_some((20, letters))
        })
}

fn strewn(word: &[char], text: &[char], places: impl Iterator<Item = usize>) -> Option<Vec<usize>> {
    let mut letters = Vec::with_capacity(word.len());
    for at in places {
        if word.get(letters.len()) == Some(&text[at]) {
            letters.push(at);
        }
    }
    (letters.len() == word.len()).then_some(letters)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn score(query: &str, name: &str) -> Option<i32> {
        fit(query, name, &[]).map(|f| f.score)
    }

    #[test]
    fn words_letters_and_initials_are_met() {
        assert_eq!(
            fit("tcp", "Follow TCP stream", &[]).map(|f| f.letters),
            Some(vec![7, 8, 9])
        );
        assert_eq!(
            fit("fts", "Follow TCP stream", &[]).map(|f| f.letters),
            Some(vec![0, 7, 11])
        );
        assert_eq!(
            fit("flw", "Follow TCP stream", &[]).map(|f| f.letters),
            Some(vec![0, 2, 5])
        );
        assert_eq!(
            fit("stream follow", "Follow TCP stream", &[]).map(|f| f.letters.len()),
            Some(12)
        );
        assert_eq!(fit("xyz", "Follow TCP stream", &[]), None);
        assert_eq!(fit("fm", "Follow TCP stream", &[]), None, "too far apart");
        assert!(fit("", "Anything", &[]).is_some());
    }

    #[test]
    fn the_better_fit_stands_first() {
        assert!(score("copy", "Copy value") > score("copy", "Value to copy"));
        assert!(score("mark", "Mark or unmark") > score("mark", "Unmark all displayed"));
        assert!(score("go", "Go to packet…") > score("go", "Category"));
        assert!(score("find", "Find next") > score("find", "Find packet by number"));
    }

    #[test]
    fn the_menu_and_the_name_for_machines_lead_there_too() {
        let zoom = fit("zoom", "Larger", &["View", "view.zoom-in"]);
        assert!(zoom.as_ref().is_some_and(|f| f.letters.is_empty()));
        assert!(zoom.map(|f| f.score) < score("zoom", "Zoom"));
        assert!(fit("view larger", "Larger", &["View", "view.zoom-in"]).is_some());
    }

    #[test]
    fn any_text_does() {
        for query in ["ÄÖ", "İ", "→", "a\u{301}", "\u{0}"] {
            let _ = fit(query, "Straße → ÄÖ", &["…"]);
        }
        assert!(fit("äö", "Straße → ÄÖ", &[]).is_some());
    }
}
