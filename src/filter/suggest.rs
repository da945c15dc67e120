//! "Did you mean": the name nearest to one that does not exist.

use crate::dissect::Registry;

/// The field or protocol whose name is nearest to `name`, if any is near.
pub(super) fn nearest(name: &str, registry: &Registry) -> Option<&'static str> {
    let wanted = name.to_ascii_lowercase();
    let limit = (wanted.len() / 4).clamp(1, 3);
    let mut best: Option<(usize, usize, &'static str)> = None;
    for (candidate, _) in registry.all_fields() {
        if candidate.is_empty() || candidate.len().abs_diff(wanted.len()) > limit {
            continue;
        }
        let distance = distance(wanted.as_bytes(), candidate.as_bytes());
        // A difference late in the name is the likelier slip; then the alphabet, so that the answer is always the same.
        let late = usize::MAX
            - wanted
                .bytes()
                .zip(candidate.bytes())
                .take_while(|(a, b)| a == b)
                .count();
        let key = (distance, late, candidate);
        if distance <= limit && best.is_none_or(|b| key < b) {
            best = Some(key);
        }
    }
    let tail = format!(".{wanted}");
    best.map(|(_, _, candidate)| candidate).or_else(|| {
        // A name without its protocol: `srcport`.
        registry
            .all_fields()
            .map(|(candidate, _)| candidate)
            .filter(|candidate| candidate.ends_with(&tail))
            .min_by_key(|candidate| (candidate.len(), *candidate))
    })
}

/// The name among `names` that is nearest to `name`, if any is near.
pub fn nearest_of<'a>(name: &str, names: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = name.to_ascii_lowercase();
    let limit = (wanted.len() / 3).clamp(1, 3);
    names
        .into_iter()
        .map(|candidate| (distance(wanted.as_bytes(), candidate.as_bytes()), candidate))
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

/// How many letters must be changed, added, dropped or exchanged with their neighbour. Names are short: longer ones than
/// 64 bytes are told apart by their beginning.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let a = &a[..a.len().min(64)];
    let b = &b[..b.len().min(64)];
    let mut before = [0usize; 65];
    let mut row = [0usize; 65];
    let mut next = [0usize; 65];
    for (j, cell) in row.iter_mut().enumerate() {
        *cell = j;
    }
    for i in 1..=a.len() {
        next[0] = i;
        for j in 1..=b.len() {
            let same = a[i - 1] == b[j - 1];
            let mut cost = (row[j - 1] + usize::from(!same))
                .min(row[j] + 1)
                .min(next[j - 1] + 1);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                cost = cost.min(before[j - 2] + 1);
            }
            next[j] = cost;
        }
        before = row;
        row = next;
    }
    row[b.len()]
}
