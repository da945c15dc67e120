//! Which frames are displayed: a bitmap, with rank and select so that row *n* is found at once.

/// Frames in one block of the bitmap.
const BLOCK: u32 = 4096;

/// A set of frame numbers that grows at its end.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    blocks: Vec<Block>,
    len: u32,
    /// Frames looked at so far.
    seen: u32,
}

#[derive(Clone, Debug)]
struct Block {
    bits: Box<[u64; (BLOCK / 64) as usize]>,
    /// Members before this block.
    before: u32,
}

impl Rows {
    /// How many frames are in the set.
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// How many frames have been looked at: the numbers 1 to this.
    pub fn seen(&self) -> u32 {
        self.seen
    }

    /// Whether a frame is in the set.
    pub fn contains(&self, number: u32) -> bool {
        let Some(index) = number.checked_sub(1) else {
            return false;
        };
        self.blocks
            .get((index / BLOCK) as usize)
            .is_some_and(|b| b.bits[(index % BLOCK / 64) as usize] >> (index % 64) & 1 == 1)
    }

    /// Say of the next frame (number `seen() + 1`) whether it is in.
    pub fn push(&mut self, member: bool) {
        let index = self.seen;
        self.seen += 1;
        if index.is_multiple_of(BLOCK) {
            self.blocks.push(Block {
                bits: Box::new([0; (BLOCK / 64) as usize]),
                before: self.len,
            });
        }
        if member && let Some(block) = self.blocks.last_mut() {
            block.bits[(index % BLOCK / 64) as usize] |= 1 << (index % 64);
            self.len += 1;
        }
    }

    /// The frames that are in both, of those that were looked at for both.
    pub fn and(&self, other: &Rows) -> Rows {
        let mut both = Rows {
            seen: self.seen.min(other.seen),
            ..Rows::default()
        };
        for (a, b) in self.blocks.iter().zip(&other.blocks) {
            let mut bits = a.bits.clone();
            bits.iter_mut()
                .zip(b.bits.iter())
                .for_each(|(a, b)| *a &= b);
            let before = both.len;
            both.len += bits.iter().map(|w| w.count_ones()).sum::<u32>();
            both.blocks.push(Block { bits, before });
        }
        both
    }

    /// The frame number in row `row` (from 0).
    pub fn select(&self, row: u32) -> Option<u32> {
        if row >= self.len {
            return None;
        }
        let at = self
            .blocks
            .partition_point(|b| b.before <= row)
            .checked_sub(1)?;
        let block = &self.blocks[at];
        let mut left = row - block.before;
        for (i, word) in block.bits.iter().enumerate() {
            let ones = word.count_ones();
            if left < ones {
                let mut word = *word;
                for _ in 0..left {
                    word &= word - 1;
                }
                return Some(at as u32 * BLOCK + i as u32 * 64 + word.trailing_zeros() + 1);
            }
            left -= ones;
        }
        None
    }

    /// How many members are below `number`: the row of `number`, if it is a member.
    pub fn rank(&self, number: u32) -> u32 {
        let Some(index) = number.checked_sub(1) else {
            return 0;
        };
        let Some(block) = self.blocks.get((index / BLOCK) as usize) else {
            return self.len;
        };
        let word = (index % BLOCK / 64) as usize;
        let full: u32 = block.bits[..word].iter().map(|w| w.count_ones()).sum();
        block.before + full + (block.bits[word] & ((1u64 << (index % 64)) - 1)).count_ones()
    }

    /// The members in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        self.blocks.iter().enumerate().flat_map(|(b, block)| {
            block.bits.iter().enumerate().flat_map(move |(i, word)| {
                let base = b as u32 * BLOCK + i as u32 * 64 + 1;
                let mut word = *word;
                std::iter::from_fn(move || {
                    (word != 0).then(|| {
                        let bit = word.trailing_zeros();
                        word &= word - 1;
                        base + bit
                    })
                })
            })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Rows;

    #[test]
    fn what_is_in_both() {
        let (mut a, mut b) = (Rows::default(), Rows::default());
        (1..=10_000u32).for_each(|n| a.push(n.is_multiple_of(2)));
        (1..=9_000u32).for_each(|n| b.push(n.is_multiple_of(3)));
        let both = a.and(&b);
        let expected: Vec<u32> = (1..=9_000).filter(|n| n % 6 == 0).collect();
        assert_eq!(both.iter().collect::<Vec<_>>(), expected);
        assert_eq!((both.len(), both.seen()), (1_500, 9_000));
        assert_eq!(both.select(1_499), Some(9_000));
    }

    #[test]
    fn select_and_rank_are_inverse() {
        let mut rows = Rows::default();
        let member = |n: u32| n.is_multiple_of(7) || (5000..5200).contains(&n);
        for n in 1..=20_000 {
            rows.push(member(n));
        }
        let all: Vec<u32> = (1..=20_000).filter(|n| member(*n)).collect();
        assert_eq!(rows.len() as usize, all.len());
        assert_eq!(rows.iter().collect::<Vec<_>>(), all);
        for (row, number) in all.iter().enumerate() {
            assert_eq!(rows.select(row as u32), Some(*number));
            assert_eq!(rows.rank(*number), row as u32);
            assert!(rows.contains(*number));
        }
        assert_eq!(rows.select(rows.len()), None);
        assert!(!rows.contains(0) && !rows.contains(1) && !rows.contains(20_001));
        assert_eq!(rows.rank(50_000), rows.len());
    }
}
