//! Long lists that grow at their end: in blocks, so that nothing moves when they grow, and with blocks that another thread
//! has laid out before.
//!
//! New memory is costly when it is first written to (the system clears each page then). Whoever fills a list while a capture
//! is read should not pay for that: a [`Pool`] holds a few fresh blocks, made by the thread that waits for the disk anyway.

use std::ops::{Index, IndexMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// Entries of a block.
pub const BLOCK: usize = 1 << 12;

/// Blocks that wait in a pool, at most.
const READY: usize = 3;

/// Fresh blocks, shared by who makes and who uses them.
#[derive(Debug)]
pub struct Pool<T>(Arc<Mutex<Vec<Vec<T>>>>);

impl<T> Clone for Pool<T> {
    fn clone(&self) -> Pool<T> {
        Pool(Arc::clone(&self.0))
    }
}

impl<T> Default for Pool<T> {
    fn default() -> Pool<T> {
        Pool(Arc::default())
    }
}

impl<T: Clone> Pool<T> {
    /// Lay blocks of `len` entries out until enough wait. `filler` is written into every entry, so that the memory is there; the
    /// blocks are empty all the same.
    pub fn fill(&self, len: usize, filler: &T) {
        while self.lock().len() < READY {
            let mut block = Vec::with_capacity(len);
            block.resize(len, filler.clone());
            block.clear();
            self.lock().insert(0, block);
        }
    }

    /// An empty block with room for `len` entries.
    pub fn take(&self, len: usize) -> Vec<T> {
        let ready = self.lock().pop();
        ready.unwrap_or_else(|| Vec::with_capacity(len))
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Vec<T>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A list in blocks.
#[derive(Debug)]
pub struct Column<T> {
    blocks: Vec<Vec<T>>,
    pool: Pool<T>,
}

impl<T> Default for Column<T> {
    fn default() -> Column<T> {
        Column {
            blocks: Vec::new(),
            pool: Pool::default(),
        }
    }
}

impl<T: Clone> Column<T> {
    /// Where its blocks come from.
    pub fn pool(&self) -> &Pool<T> {
        &self.pool
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.blocks
            .last()
            .map_or(0, |last| (self.blocks.len() - 1) * BLOCK + last.len())
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Add an entry at the end.
    #[inline]
    pub fn push(&mut self, entry: T) {
        match self.blocks.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(entry),
            _ => {
                let mut block = self.pool.take(BLOCK);
                block.push(entry);
                self.blocks.push(block);
            }
        }
    }

    /// Add as many of the same entry at the end.
    pub fn extend(&mut self, mut count: usize, entry: &T) {
        while count > 0 {
            if self.blocks.last().is_none_or(|b| b.len() >= BLOCK) {
                self.blocks.push(self.pool.take(BLOCK));
            }
            let Some(block) = self.blocks.last_mut() else {
                return;
            };
            let now = count.min(BLOCK - block.len());
            block.resize(block.len() + now, entry.clone());
            count -= now;
        }
    }

    /// The entry at this index.
    #[inline]
    pub fn get(&self, index: usize) -> Option<&T> {
        self.blocks.get(index / BLOCK)?.get(index % BLOCK)
    }

    /// The entry at this index, to change.
    #[inline]
    pub fn get_mut(&mut self, index: usize) -> Option<&mut T> {
        self.blocks.get_mut(index / BLOCK)?.get_mut(index % BLOCK)
    }

    /// The entry at the end.
    pub fn last(&self) -> Option<&T> {
        self.blocks.last()?.last()
    }

    /// All entries in order.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        self.blocks.iter().flatten()
    }

    /// All entries in order, to change.
    pub fn iter_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.blocks.iter_mut().flatten()
    }

    /// Memory held, in bytes.
    pub fn memory(&self) -> usize {
        self.blocks.iter().map(Vec::capacity).sum::<usize>() * size_of::<T>()
    }
}

impl<T: Clone> Index<usize> for Column<T> {
    type Output = T;

    fn index(&self, index: usize) -> &T {
        &self.blocks[index / BLOCK][index % BLOCK]
    }
}

impl<T: Clone> IndexMut<usize> for Column<T> {
    fn index_mut(&mut self, index: usize) -> &mut T {
        &mut self.blocks[index / BLOCK][index % BLOCK]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grows_over_its_blocks() {
        let mut column = Column::default();
        assert!(column.is_empty());
        let count = BLOCK * 2 + 7;
        for n in 0..count {
            assert_eq!(column.len(), n);
            column.push(n);
        }
        assert_eq!(column.get(BLOCK), Some(&BLOCK));
        assert_eq!(column.get(count), None);
        column[BLOCK * 2] = 1;
        assert_eq!(column.get_mut(BLOCK * 2), Some(&mut 1));
        assert_eq!(column.iter().count(), count);
    }

    #[test]
    fn blocks_laid_out_before_are_used_and_empty() {
        let mut column = Column::default();
        column.pool().fill(BLOCK, &7u8);
        let place = column.pool().lock().last().map(Vec::as_ptr);
        column.push(1);
        assert_eq!(place, Some(column.blocks[0].as_ptr()));
        assert_eq!(column.iter().copied().collect::<Vec<_>>(), [1]);
        assert_eq!(column.pool().lock().len(), READY - 1);
    }

    #[test]
    fn many_entries_at_once_fill_blocks_too() {
        let mut column = Column::default();
        column.push(1u8);
        column.extend(BLOCK * 2, &7);
        column.push(2);
        assert_eq!(column.len(), BLOCK * 2 + 2);
        assert_eq!(column.iter().filter(|n| **n == 7).count(), BLOCK * 2);
        assert_eq!((column[0], column.last()), (1, Some(&2)));
    }
}
