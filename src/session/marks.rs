//! What the user notes about single frames of a capture: marked, ignored, time references, comments. Other programs lose
//! these when the file is closed; here they are kept in a small file beside the user's settings, one for each capture.
//! (Comments go into the capture as well when it is saved as pcapng.)

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::load::Session;
use super::settings::Settings;
use crate::capture::{CaptureInfo, NO_TIME};

/// Runs of numbers in one line of the file.
const RUNS_IN_LINE: usize = 64;

/// A set of frame numbers, kept as runs: marking a million frames in a row costs no more than marking one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Numbers {
    /// First and last of each run, ascending; runs do not touch.
    runs: Vec<(u32, u32)>,
}

impl Numbers {
    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> u64 {
        self.runs.iter().map(|(a, b)| u64::from(b - a) + 1).sum()
    }

    /// Whether it holds a number.
    pub fn contains(&self, number: u32) -> bool {
        let at = self.runs.partition_point(|(_, last)| *last < number);
        self.runs.get(at).is_some_and(|(first, _)| *first <= number)
    }

    /// Add a number.
    pub fn insert(&mut self, number: u32) {
        let at = self.runs.partition_point(|(_, last)| *last < number);
        if self.runs.get(at).is_some_and(|(first, _)| *first <= number) {
            return;
        }
        let joins_before = at
            .checked_sub(1)
            .is_some_and(|b| self.runs[b].1.checked_add(1) == Some(number));
        let joins_behind = self
            .runs
            .get(at)
            .is_some_and(|(first, _)| number.checked_add(1) == Some(*first));
        match (joins_before, joins_behind) {
            (true, true) => {
                self.runs[at - 1].1 = self.runs[at].1;
                self.runs.remove(at);
            }
            (true, false) => self.runs[at - 1].1 = number,
            (false, true) => self.runs[at].0 = number,
            (false, false) => self.runs.insert(at, (number, number)),
        }
    }

    /// Take a number away.
    pub fn remove(&mut self, number: u32) {
        let at = self.runs.partition_point(|(_, last)| *last < number);
        let Some((first, last)) = self.runs.get(at).copied().filter(|(f, _)| *f <= number) else {
            return;
        };
        match (first == number, last == number) {
            (true, true) => {
                self.runs.remove(at);
            }
            (true, false) => self.runs[at].0 = number + 1,
            (false, true) => self.runs[at].1 = number - 1,
            (false, false) => {
                self.runs[at].1 = number - 1;
                self.runs.insert(at + 1, (number + 1, last));
            }
        }
    }

    /// Add a number that is not there, take away one that is.
    pub fn toggle(&mut self, number: u32) {
        if self.contains(number) {
            self.remove(number);
        } else {
            self.insert(number);
        }
    }

    /// Add or take away all of these, which are ascending.
    pub fn set_all(&mut self, numbers: impl IntoIterator<Item = u32>, member: bool) {
        let mut others = Numbers::default();
        for number in numbers {
            others.push(number);
        }
        self.runs = combine(&self.runs, &others.runs, member);
    }

    /// Add one above all others.
    fn push(&mut self, number: u32) {
        match self.runs.last_mut() {
            Some((_, last)) if last.checked_add(1) == Some(number) => *last = number,
            Some((_, last)) if *last >= number => self.insert(number),
            _ => self.runs.push((number, number)),
        }
    }

    /// The largest member up to this number.
    pub fn at_or_before(&self, number: u32) -> Option<u32> {
        let at = self.runs.partition_point(|(first, _)| *first <= number);
        let (_, last) = self.runs.get(at.checked_sub(1)?)?;
        Some((*last).min(number))
    }

    /// The smallest member from this number on.
    pub fn at_or_after(&self, number: u32) -> Option<u32> {
        let at = self.runs.partition_point(|(_, last)| *last < number);
        self.runs.get(at).map(|(first, _)| (*first).max(number))
    }

    /// First and last of each run of numbers, ascending.
    pub fn runs(&self) -> &[(u32, u32)] {
        &self.runs
    }

    /// All members in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.runs.iter().flat_map(|(first, last)| *first..=*last)
    }

    fn lines(&self) -> impl Iterator<Item = String> + '_ {
        self.runs.chunks(RUNS_IN_LINE).map(|runs| {
            let text = |(first, last): &(u32, u32)| match first == last {
                true => first.to_string(),
                false => format!("{first}-{last}"),
            };
            runs.iter().map(text).collect::<Vec<_>>().join(" ")
        })
    }

    /// From lines as [`Numbers::lines`] writes them; what is no number is passed over.
    fn of_lines(lines: &[String]) -> Numbers {
        let mut runs: Vec<(u32, u32)> = lines
            .iter()
            .flat_map(|line| line.split_ascii_whitespace())
            .filter_map(|part| {
                let (first, last) = part.split_once('-').unwrap_or((part, part));
                let (first, last) = (first.parse::<u32>().ok()?, last.parse::<u32>().ok()?);
                (1 <= first && first <= last && last < u32::MAX).then_some((first, last))
            })
            .collect();
        runs.sort_unstable();
        Numbers {
            runs: combine(&runs, &[], true),
        }
    }
}

/// The union of two lists of runs sorted by their first number, or the first without the second.
fn combine(a: &[(u32, u32)], b: &[(u32, u32)], union: bool) -> Vec<(u32, u32)> {
    let mut out: Vec<(u32, u32)> = Vec::with_capacity(a.len() + b.len());
    if union {
        let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
        loop {
            let from_a = match (a.peek(), b.peek()) {
                (Some(x), Some(y)) => x <= y,
                (Some(_), None) => true,
                (None, Some(_)) => false,
                (None, None) => return out,
            };
            let Some(&(first, last)) = (if from_a { a.next() } else { b.next() }) else {
                return out;
            };
            match out.last_mut() {
                Some((_, end)) if first <= end.saturating_add(1) => *end = (*end).max(last),
                _ => out.push((first, last)),
            }
        }
    }
    let mut at = 0;
    for &(mut first, last) in a {
        while b.get(at).is_some_and(|(_, end)| *end < first) {
            at += 1;
        }
        let mut here = at;
        let mut rest = true;
        while let Some(&(from, to)) = b.get(here).filter(|(from, _)| *from <= last) {
            if from > first {
                out.push((first, from - 1));
            }
            if to >= last {
                rest = false;
                break;
            }
            first = to + 1;
            here += 1;
        }
        if rest {
            out.push((first, last));
        }
    }
    out
}

/// What the user noted about frames.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Marked frames.
    pub marked: Numbers,
    /// Frames that are to be passed over: listed, but not dissected.
    pub ignored: Numbers,
    /// Frames from which the time of those behind them is counted.
    pub references: Numbers,
    /// Comments in place of those that the capture's file has.
    pub comments: BTreeMap<u32, Vec<String>>,
}

/// Where a session keeps its marks.
#[derive(Default)]
pub(super) struct MarkStore {
    marks: Mutex<Arc<Marks>>,
    file: Mutex<Option<Settings>>,
}

impl Session {
    /// What the user noted about frames, as it is now.
    pub fn marks(&self) -> Arc<Marks> {
        Arc::clone(&lock(&self.mark_store().marks))
    }

    /// Change it. What changed is written in the background, if it is kept ([`Session::keep_marks`]).
    pub fn change_marks(&self, change: impl FnOnce(&mut Marks)) {
        let store = self.mark_store();
        let marks = {
            let mut marks = lock(&store.marks);
            change(Arc::make_mut(&mut marks));
            Arc::clone(&marks)
        };
        if let Some(file) = lock(&store.file).as_mut() {
            self.write_marks(file, &marks);
        }
    }

    /// Keep what the user notes in a file of this folder, and take what is there from earlier. The capture is known again by
    /// its path and the time of its first frame, so the first frame must be there; `false` while it is not.
    pub fn keep_marks(&self, folder: &Path) -> bool {
        if self.snapshot().is_empty() {
            return false;
        }
        let name = format!("{:016x}", hash(self.identity().as_bytes()));
        let file = Settings::open(&folder.join(name));
        if file.lines("capture") == self.identity_lines() {
            let comments = file.lines("comments").iter().filter_map(|line| {
                let (number, text) = line.split_once(' ')?;
                Some((number.parse().ok()?, text.to_owned()))
            });
            let mut marks = Marks {
                marked: Numbers::of_lines(file.lines("marked")),
                ignored: Numbers::of_lines(file.lines("ignored")),
                references: Numbers::of_lines(file.lines("time references")),
                comments: BTreeMap::new(),
            };
            for (number, text) in comments {
                let list: &mut Vec<String> = marks.comments.entry(number).or_default();
                if !text.is_empty() {
                    list.push(text);
                }
            }
            *lock(&self.mark_store().marks) = Arc::new(marks);
        }
        *lock(&self.mark_store().file) = Some(file);
        true
    }

    /// What went wrong with the file, told once.
    pub fn take_marks_error(&self) -> Option<String> {
        lock(&self.mark_store().file).as_ref()?.take_error()
    }

    /// What the file says about itself, with the user's comments in it: what is to be saved.
    pub fn info_to_save(&self) -> CaptureInfo {
        let mut info = CaptureInfo::clone(&self.state().info);
        for (number, comments) in &self.marks().comments {
            info.set_comments(*number, comments.clone());
        }
        info
    }

    fn identity(&self) -> String {
        let path = std::fs::canonicalize(self.path()).unwrap_or_else(|_| self.path().to_owned());
        path.to_string_lossy().into_owned()
    }

    fn identity_lines(&self) -> Vec<String> {
        let first = self.snapshot().meta(1).map_or(NO_TIME, |m| m.time_ns);
        vec![self.identity(), format!("first frame {first}")]
    }

    fn write_marks(&self, file: &mut Settings, marks: &Marks) {
        file.set("capture", self.identity_lines());
        file.set("marked", marks.marked.lines());
        file.set("ignored", marks.ignored.lines());
        file.set("time references", marks.references.lines());
        let comments = marks.comments.iter().flat_map(|(number, list)| {
            // A frame whose comments were taken away has a line without text.
            let none = list.is_empty().then(|| format!("{number} "));
            none.into_iter()
                .chain(list.iter().map(move |text| format!("{number} {text}")))
        });
        file.set("comments", comments);
    }
}

/// FNV-1a, 64 bits: a short name for a path. The path itself stands in the file.
fn hash(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(numbers: &[u32]) -> Numbers {
        let mut out = Numbers::default();
        numbers.iter().for_each(|n| out.insert(*n));
        out
    }

    #[test]
    fn numbers_are_kept_as_runs() {
        let mut set = of(&[5, 3, 4, 9, 1]);
        assert_eq!(set.runs(), [(1, 1), (3, 5), (9, 9)]);
        set.insert(2);
        assert_eq!((set.runs(), set.len()), (&[(1, 5), (9, 9)][..], 6));
        set.toggle(3);
        assert_eq!(set.runs(), [(1, 2), (4, 5), (9, 9)]);
        set.remove(9);
        set.remove(4);
        set.remove(7);
        assert_eq!(set.iter().collect::<Vec<_>>(), [1, 2, 5]);
        assert!(set.contains(2) && !set.contains(3) && !set.contains(0));
    }

    #[test]
    fn neighbours_are_found() {
        let set = of(&[2, 3, 8]);
        let before: Vec<_> = [1, 2, 5, 9].map(|n| set.at_or_before(n)).to_vec();
        assert_eq!(before, [None, Some(2), Some(3), Some(8)]);
        let after: Vec<_> = [1, 3, 5, 9].map(|n| set.at_or_after(n)).to_vec();
        assert_eq!(after, [Some(2), Some(3), Some(8), None]);
    }

    #[test]
    fn many_are_added_and_taken_away() {
        let mut set = of(&[1, 5, 6, 20]);
        set.set_all(4..=10, true);
        assert_eq!(set.runs(), [(1, 1), (4, 10), (20, 20)]);
        set.set_all([1, 5, 6, 9, 10, 11], false);
        assert_eq!(set.runs(), [(4, 4), (7, 8), (20, 20)]);
        set.set_all(1..=30, false);
        assert!(set.is_empty());
    }

    #[test]
    fn lines_bring_the_numbers_back() {
        let mut set = Numbers::default();
        set.set_all((1..1000).filter(|n| n % 7 < 3), true);
        let lines: Vec<String> = set.lines().collect();
        assert!(lines.len() > 1);
        assert_eq!(Numbers::of_lines(&lines), set);
        let odd = ["x 7-3 0 5-9 2-6 -1 4294967295".to_owned()];
        assert_eq!(Numbers::of_lines(&odd).runs(), [(2, 9)]);
    }
}
