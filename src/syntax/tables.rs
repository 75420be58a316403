//! How the tables of a model lie in its file: as little-endian numbers, each table with its length before it.

use super::{
    choices::Choices,
    lemmas::{Edit, Lemmas},
    model::ModelError,
    pages::Pages,
    weights::{MoveRow, Rows},
};
use rustc_hash::FxHashMap;

/// Writes tables one after the other.
#[derive(Default)]
pub(super) struct Writer {
    pub bytes: Vec<u8>,
}

impl Writer {
    pub(super) fn count(&mut self, count: usize) {
        self.bytes.extend(u32::try_from(count).expect("a model's tables have fewer than 2^32 entries").to_le_bytes());
    }

    pub(super) fn long(&mut self, number: u64) {
        self.bytes.extend(number.to_le_bytes());
    }

    pub(super) fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend(text.as_bytes());
    }

    /// Writes a map in the order of its keys.
    pub(super) fn map<V>(&mut self, map: &FxHashMap<u64, V>, mut value: impl FnMut(&mut Self, &V)) {
        let mut entries: Vec<_> = map.iter().collect();
        entries.sort_unstable_by_key(|(key, _)| **key);
        self.count(entries.len());
        for (key, entry) in entries {
            self.long(*key);
            value(self, entry);
        }
    }

    pub(super) fn rows(&mut self, rows: &Rows) {
        self.count(rows.keys.len());
        self.bytes.extend(rows.keys.iter().flat_map(|key| key.to_le_bytes()));
        self.bytes.extend(&rows.lengths);
        self.count(rows.entries.len());
        self.bytes.extend(rows.entries.iter().map(|(class, _)| class));
        self.bytes.extend(rows.entries.iter().map(|(_, weight)| weight.cast_unsigned()));
    }

    pub(super) fn choices(&mut self, choices: &Choices) {
        self.count(choices.sets.len());
        for set in &choices.sets {
            self.count(set.len());
            self.bytes.extend(set);
        }
        self.map(&choices.of, |body, set| body.bytes.extend(set.to_le_bytes()));
    }

    /// Writes for each eight rows a byte that says which are not all zeros, and then these.
    pub(super) fn moves(&mut self, moves: &[MoveRow]) {
        self.count(moves.len());
        let used = |row: &MoveRow| *row != MoveRow::default();
        let eight = |rows: &[MoveRow]| rows.iter().enumerate().fold(0, |bits, (place, row)| bits | u8::from(used(row)) << place);
        self.bytes.extend(moves.chunks(8).map(eight));
        let rows = moves.iter().filter(|row| used(row));
        self.bytes.extend(rows.flatten().map(|weight| weight.cast_unsigned()));
    }

    pub(super) fn lemmas(&mut self, lemmas: &Lemmas) {
        self.map(&lemmas.exceptions, |body, lemma| body.text(lemma));
        self.map(&lemmas.known.iter().map(|key| (*key, ())).collect(), |_, ()| ());
        self.count(lemmas.edits.len());
        for edit in &lemmas.edits {
            self.bytes.push(edit.cut);
            self.text(&edit.append);
        }
        self.map(&lemmas.rules, |body, edits| {
            body.count(edits.len());
            body.bytes.extend(edits.iter().flat_map(|edit| edit.to_le_bytes()));
        });
    }
}

/// Reads what [`Writer`] wrote, in the same order. What is missing or does not fit is a [`ModelError`].
pub(super) struct Reader<'a> {
    pub bytes: &'a [u8],
}

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> Result<&'a [u8], ModelError> {
        let (taken, rest) = self.bytes.split_at_checked(count).ok_or(ModelError::Truncated)?;
        self.bytes = rest;
        Ok(taken)
    }

    fn array<const N: usize>(&mut self) -> Result<[u8; N], ModelError> {
        Ok(self.take(N)?.try_into().expect("as many bytes as were asked for"))
    }

    pub(super) fn byte(&mut self) -> Result<u8, ModelError> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    pub(super) fn number(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    pub(super) fn long(&mut self) -> Result<u64, ModelError> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    pub(super) fn count(&mut self) -> Result<usize, ModelError> {
        Ok(self.number()? as usize)
    }

    pub(super) fn text(&mut self) -> Result<String, ModelError> {
        let length = self.count()?;
        let bytes = self.take(length)?.to_vec();
        String::from_utf8(bytes).map_err(|_| ModelError::Inconsistent { table: "texts" })
    }

    pub(super) fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T, ModelError>) -> Result<Vec<T>, ModelError> {
        (0..self.count()?).map(|_| item(self)).collect()
    }

    pub(super) fn map<V>(&mut self, mut value: impl FnMut(&mut Self) -> Result<V, ModelError>) -> Result<FxHashMap<u64, V>, ModelError> {
        (0..self.count()?).map(|_| Ok((self.long()?, value(self)?))).collect()
    }

    pub(super) fn rows(&mut self) -> Result<Rows, ModelError> {
        let count = self.count()?;
        let keys = self.take(count.saturating_mul(4))?.as_chunks().0.iter().map(|key| u32::from_le_bytes(*key)).collect();
        let lengths = self.take(count)?.to_vec();
        let count = self.count()?;
        let classes = self.take(count)?.iter();
        let weights = self.take(count)?.iter().map(|weight| weight.cast_signed());
        Ok(Rows { keys, lengths, entries: classes.copied().zip(weights).collect() })
    }

    pub(super) fn choices(&mut self) -> Result<Choices, ModelError> {
        let sets = self.list(|body| {
            let classes = body.count()?;
            body.take(classes).map(<[u8]>::to_vec)
        })?;
        Ok(Choices { sets, of: self.map(|body| Ok(u16::from_le_bytes(body.array()?)))? })
    }

    pub(super) fn moves(&mut self) -> Result<Pages<MoveRow>, ModelError> {
        let count = self.count()?;
        let used = self.take(count.div_ceil(8))?;
        let mut rows = Pages::zeroed(count);
        for (eight, bits) in rows.all_mut().chunks_mut(8).zip(used) {
            for (place, row) in eight.iter_mut().enumerate() {
                if bits >> place & 1 == 1 {
                    *row = self.array()?.map(u8::cast_signed);
                }
            }
        }
        Ok(rows)
    }

    pub(super) fn lemmas(&mut self) -> Result<Lemmas, ModelError> {
        let exceptions = self.map(Self::text)?;
        let known = self.map(|_| Ok(()))?.into_keys().collect();
        let edits = self.list(|body| Ok(Edit { cut: body.byte()?, append: body.text()? }))?;
        let rules = self.map(|body| body.list(|body| Ok(u16::from_le_bytes(body.array()?))))?;
        Ok(Lemmas { exceptions, known, edits, rules })
    }
}
