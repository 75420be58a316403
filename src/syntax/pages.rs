//! Tables that are read at random from one end to the other. On pages of 4 KiB the processor would look up where a page lies more often
//! than it finds it at hand; where the system has huge pages (Linux: `transparent_hugepage`, "madvise" or "always"), they lie on these.

use std::{marker::PhantomData, ops::Range};

use bytemuck::Pod;
use memmap2::MmapMut;

/// The size and alignment of a huge page.
const HUGE: usize = 2 << 20;

/// A table that never changes.
#[derive(Debug)]
pub(super) struct Pages<T> {
    memory: MmapMut,
    /// Where it lies in the memory, of which only what is written to is ever taken.
    bytes: Range<usize>,
    items: PhantomData<T>,
}

impl<T: Pod> Pages<T> {
    /// # Panics
    /// If the system has no memory for it, as everywhere.
    pub(super) fn new(items: &[T]) -> Self {
        let items: &[u8] = bytemuck::cast_slice(items);
        let mut memory = MmapMut::map_anon(items.len() + HUGE).expect("the system has memory for the model");
        // Only a wish: without huge pages everything is the same, and slower.
        #[cfg(target_os = "linux")]
        drop(memory.advise(memmap2::Advice::HugePage));
        let start = memory.as_ptr().align_offset(HUGE);
        let bytes = start..start + items.len();
        memory[bytes.clone()].copy_from_slice(items);
        Self { memory, bytes, items: PhantomData }
    }

    #[inline(always)]
    pub(super) fn all(&self) -> &[T] {
        bytemuck::cast_slice(&self.memory[self.bytes.clone()])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_holds_what_was_put_into_it() {
        let items: Vec<[u32; 2]> = (0..300_000).map(|number| [number, number / 2]).collect();
        let table = Pages::new(&items);
        assert_eq!(table.all(), items);
        assert_eq!(table.all().as_ptr().align_offset(HUGE), 0);
        assert!(Pages::<[i8; 4]>::new(&[]).all().is_empty());
    }
}
