//! Tables that are read at random from one end to the other. On pages of 4 KiB the processor would look up where a page lies more often
//! than it finds it at hand; where the system has huge pages (Linux: `transparent_hugepage`, "madvise" or "always"), they lie on these.

use std::{marker::PhantomData, ops::Range};

use bytemuck::Pod;
use memmap2::MmapMut;

/// The size and alignment of a huge page.
const HUGE: usize = 2 << 20;

/// A table of a fixed size.
#[derive(Debug)]
pub(super) struct Pages<T> {
    memory: MmapMut,
    /// Where it lies in the memory; what lies before and behind is never written to, and so takes nothing but addresses.
    bytes: Range<usize>,
    items: PhantomData<T>,
}

impl<T: Pod> Pages<T> {
    /// A table of that many items, all zero.
    ///
    /// # Panics
    /// If the system has no memory for it, as everywhere.
    pub(super) fn zeroed(count: usize) -> Self {
        let size = count * size_of::<T>();
        let memory = MmapMut::map_anon(size + HUGE).expect("the system has memory for the model");
        // Only a wish: without huge pages everything is the same, and slower.
        #[cfg(target_os = "linux")]
        drop(memory.advise(memmap2::Advice::HugePage));
        let start = memory.as_ptr().align_offset(HUGE);
        Self { memory, bytes: start..start + size, items: PhantomData }
    }

    #[inline(always)]
    pub(super) fn all(&self) -> &[T] {
        bytemuck::cast_slice(&self.memory[self.bytes.clone()])
    }

    pub(super) fn all_mut(&mut self) -> &mut [T] {
        bytemuck::cast_slice_mut(&mut self.memory[self.bytes.clone()])
    }
}

impl<T: Pod> Default for Pages<T> {
    fn default() -> Self {
        Self::zeroed(0)
    }
}

impl<T: Pod> From<&[T]> for Pages<T> {
    fn from(items: &[T]) -> Self {
        let mut pages = Self::zeroed(items.len());
        pages.all_mut().copy_from_slice(items);
        pages
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_holds_what_was_put_into_it() {
        let items: Vec<[u32; 2]> = (0..300_000).map(|number| [number, number / 2]).collect();
        let table = Pages::from(items.as_slice());
        assert_eq!(table.all(), items);
        assert_eq!(table.all().as_ptr().align_offset(HUGE), 0);
        assert_eq!(Pages::<u16>::zeroed(3).all(), [0; 3]);
        assert!(Pages::<[i8; 4]>::default().all().is_empty());
    }
}
