//! The model file: a header, then the tables one after the other as little-endian numbers, each with its length before it.

use super::{
    choices::Choices,
    lemmas::{Edit, Lemmas},
    pages::Pages,
    settled::{Settled, Usual},
    tagger::{Tag, Vocabulary},
    weights::{MAX_CLASSES, MoveRow, Rows},
};
use rustc_hash::FxHashMap;

const MAGIC: [u8; 8] = *b"attache\0";

/// Rises whenever the layout or the features change, since a model only fits the features that it was trained with.
const VERSION: u32 = 5;

/// Magic number, version, checksum.
const HEADER_BYTES: usize = 8 + 4 + 8;

/// Why a model cannot be used.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum ModelError {
    #[error("this is no syntax model: it does not begin with the model's mark")]
    Unmarked,
    #[error("the syntax model has version {found}, this program reads version {VERSION}: train it again")]
    Version { found: u32 },
    #[error("the syntax model is damaged: its checksum is not that of its contents")]
    Checksum,
    #[error("the syntax model ends in the middle of a table")]
    Truncated,
    #[error("the syntax model's {table} do not fit together")]
    Inconsistent { table: &'static str },
}

/// Everything that training finds out.
#[derive(Debug, Default)]
pub(super) struct Model {
    pub tags: Vec<Tag>,
    pub vocabulary: Vocabulary,
    pub tagger: Rows,
    pub moves: Pages<MoveRow>,
    pub labels: Vec<String>,
    pub settled: Settled,
    pub usual: Usual,
    pub relations: Rows,
    pub choices: Choices,
    pub lemmas: Lemmas,
}

impl Model {
    /// The file's bytes; the same model gives the same bytes.
    pub(super) fn write(&self) -> Vec<u8> {
        let mut body = Writer::default();
        body.count(self.tags.len());
        for tag in &self.tags {
            body.text(&tag.upos_name);
            body.text(&tag.xpos_name);
        }
        body.map(&self.vocabulary.ambiguity, |body, class| body.long(*class));
        body.map(&self.vocabulary.settled, |body, tag| body.bytes.push(*tag));
        body.choices(&self.vocabulary.choices);
        body.rows(&self.tagger);
        body.moves(self.moves.all());
        body.count(self.labels.len());
        self.labels.iter().for_each(|label| body.text(label));
        body.map(&self.settled, |body, label| body.bytes.push(*label));
        body.map(&self.usual, |body, label| body.bytes.push(*label));
        body.rows(&self.relations);
        body.choices(&self.choices);
        body.lemmas(&self.lemmas);
        [&MAGIC[..], &VERSION.to_le_bytes(), &checksum(&body.bytes).to_le_bytes(), &body.bytes].concat()
    }

    /// Reads what [`Model::write`] wrote.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, ModelError> {
        let mut body = Reader { bytes: open(bytes)? };
        let tags = body.list(|body| Ok(Tag::new(&body.text()?, &body.text()?)))?;
        let vocabulary = Vocabulary { ambiguity: body.map(Reader::long)?, settled: body.map(Reader::byte)?, choices: body.choices()? };
        let tagger = body.rows()?;
        let moves = body.moves()?;
        let labels = body.list(Reader::text)?;
        let (settled, usual) = (body.map(Reader::byte)?, body.map(Reader::byte)?);
        let (relations, choices) = (body.rows()?, body.choices()?);
        let lemmas = body.lemmas()?;
        let model = Self { tags, vocabulary, tagger, moves, labels, settled, usual, relations, choices, lemmas };
        model.check()
    }

    /// Refuses tables that point to what is not there, so that parsing need not ask.
    fn check(self) -> Result<Self, ModelError> {
        let fits = |count: usize| (1..=MAX_CLASSES).contains(&count);
        let sums = |rows: &Rows| rows.lengths.iter().map(|length| usize::from(*length)).sum::<usize>() == rows.entries.len();
        let ascends = |rows: &Rows| rows.keys.is_sorted_by(|key, next| key < next);
        let table = if !fits(self.tags.len()) || self.vocabulary.settled.values().any(|tag| usize::from(*tag) >= self.tags.len()) {
            "tags"
        } else if !fits(self.labels.len())
            || self.settled.values().chain(self.usual.values()).any(|label| usize::from(*label) >= self.labels.len())
        {
            "labels"
        } else if !self.moves.all().len().is_power_of_two() {
            "moves"
        } else if ![&self.tagger, &self.relations].into_iter().all(|rows| sums(rows) && ascends(rows)) {
            "weights"
        } else if !(self.vocabulary.choices.fit(self.tags.len()) && self.choices.fit(self.labels.len())) {
            "choices"
        } else {
            return Ok(self);
        };
        Err(ModelError::Inconsistent { table })
    }
}

/// Checks the header and returns what follows it.
fn open(bytes: &[u8]) -> Result<&[u8], ModelError> {
    if !bytes.starts_with(&MAGIC) {
        return Err(ModelError::Unmarked);
    }
    let (header, body) = bytes.split_at_checked(HEADER_BYTES).ok_or(ModelError::Truncated)?;
    let mut header = Reader { bytes: &header[MAGIC.len()..] };
    let found = header.number()?;
    if found != VERSION {
        return Err(ModelError::Version { found });
    }
    if header.long()? != checksum(body) { Err(ModelError::Checksum) } else { Ok(body) }
}

/// A checksum by words of eight bytes, for it is taken of all the megabytes at every start.
fn checksum(bytes: &[u8]) -> u64 {
    let (words, rest) = bytes.as_chunks::<8>();
    let hash = words.iter().fold(bytes.len() as u64, |hash, word| super::keys::mix(hash, u64::from_le_bytes(*word)));
    rest.iter().fold(hash, |hash, byte| super::keys::mix(hash, u64::from(*byte)))
}

#[derive(Default)]
struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    fn count(&mut self, count: usize) {
        self.bytes.extend(u32::try_from(count).expect("a model's tables have fewer than 2^32 entries").to_le_bytes());
    }

    fn long(&mut self, number: u64) {
        self.bytes.extend(number.to_le_bytes());
    }

    fn text(&mut self, text: &str) {
        self.count(text.len());
        self.bytes.extend(text.as_bytes());
    }

    /// Writes a map in the order of its keys.
    fn map<V>(&mut self, map: &FxHashMap<u64, V>, mut value: impl FnMut(&mut Self, &V)) {
        let mut entries: Vec<_> = map.iter().collect();
        entries.sort_unstable_by_key(|(key, _)| **key);
        self.count(entries.len());
        for (key, entry) in entries {
            self.long(*key);
            value(self, entry);
        }
    }

    fn rows(&mut self, rows: &Rows) {
        self.count(rows.keys.len());
        self.bytes.extend(rows.keys.iter().flat_map(|key| key.to_le_bytes()));
        self.bytes.extend(&rows.lengths);
        self.count(rows.entries.len());
        self.bytes.extend(rows.entries.iter().map(|(class, _)| class));
        self.bytes.extend(rows.entries.iter().map(|(_, weight)| weight.cast_unsigned()));
    }

    fn choices(&mut self, choices: &Choices) {
        self.count(choices.sets.len());
        for set in &choices.sets {
            self.count(set.len());
            self.bytes.extend(set);
        }
        self.map(&choices.of, |body, set| body.bytes.extend(set.to_le_bytes()));
    }

    /// Writes for each eight rows a byte that says which are not all zeros, and then these.
    fn moves(&mut self, moves: &[MoveRow]) {
        self.count(moves.len());
        let used = |row: &MoveRow| *row != MoveRow::default();
        let eight = |rows: &[MoveRow]| rows.iter().enumerate().fold(0, |bits, (place, row)| bits | u8::from(used(row)) << place);
        self.bytes.extend(moves.chunks(8).map(eight));
        let rows = moves.iter().filter(|row| used(row));
        self.bytes.extend(rows.flatten().map(|weight| weight.cast_unsigned()));
    }

    fn lemmas(&mut self, lemmas: &Lemmas) {
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

struct Reader<'a> {
    bytes: &'a [u8],
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

    fn byte(&mut self) -> Result<u8, ModelError> {
        Ok(u8::from_le_bytes(self.array()?))
    }

    fn number(&mut self) -> Result<u32, ModelError> {
        Ok(u32::from_le_bytes(self.array()?))
    }

    fn long(&mut self) -> Result<u64, ModelError> {
        Ok(u64::from_le_bytes(self.array()?))
    }

    fn count(&mut self) -> Result<usize, ModelError> {
        Ok(self.number()? as usize)
    }

    fn text(&mut self) -> Result<String, ModelError> {
        let length = self.count()?;
        let bytes = self.take(length)?.to_vec();
        String::from_utf8(bytes).map_err(|_| ModelError::Inconsistent { table: "texts" })
    }

    fn list<T>(&mut self, mut item: impl FnMut(&mut Self) -> Result<T, ModelError>) -> Result<Vec<T>, ModelError> {
        (0..self.count()?).map(|_| item(self)).collect()
    }

    fn map<V>(&mut self, mut value: impl FnMut(&mut Self) -> Result<V, ModelError>) -> Result<FxHashMap<u64, V>, ModelError> {
        (0..self.count()?).map(|_| Ok((self.long()?, value(self)?))).collect()
    }

    fn rows(&mut self) -> Result<Rows, ModelError> {
        let count = self.count()?;
        let keys = self.take(count.saturating_mul(4))?.as_chunks().0.iter().map(|key| u32::from_le_bytes(*key)).collect();
        let lengths = self.take(count)?.to_vec();
        let count = self.count()?;
        let classes = self.take(count)?.iter();
        let weights = self.take(count)?.iter().map(|weight| weight.cast_signed());
        Ok(Rows { keys, lengths, entries: classes.copied().zip(weights).collect() })
    }

    fn choices(&mut self) -> Result<Choices, ModelError> {
        let sets = self.list(|body| {
            let classes = body.count()?;
            body.take(classes).map(<[u8]>::to_vec)
        })?;
        Ok(Choices { sets, of: self.map(|body| Ok(u16::from_le_bytes(body.array()?)))? })
    }

    fn moves(&mut self) -> Result<Pages<MoveRow>, ModelError> {
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

    fn lemmas(&mut self) -> Result<Lemmas, ModelError> {
        let exceptions = self.map(Self::text)?;
        let known = self.map(|_| Ok(()))?.into_keys().collect();
        let edits = self.list(|body| Ok(Edit { cut: body.byte()?, append: body.text()? }))?;
        let rules = self.map(|body| body.list(|body| Ok(u16::from_le_bytes(body.array()?))))?;
        Ok(Lemmas { exceptions, known, edits, rules })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small() -> Model {
        let mut rows = Rows::default();
        rows.push(7, [(0, -30), (1, 30)].into_iter());
        let tags = vec![Tag::new("NOUN", "NN"), Tag::new("VERB", "VB")];
        let vocabulary = Vocabulary {
            ambiguity: [(1, 2), (3, 4)].into_iter().collect(),
            settled: [(5, 1)].into_iter().collect(),
            choices: Choices::new([(6, vec![0, 1])]),
        };
        let lemmas = Lemmas {
            exceptions: [(1, "meet".to_owned())].into_iter().collect(),
            known: [9].into_iter().collect(),
            edits: vec![Edit { cut: 1, append: "e".to_owned() }],
            rules: [(2, vec![0])].into_iter().collect(),
        };
        let labels = vec!["root".to_owned(), "nsubj".to_owned()];
        let moves = Pages::from([[0; 4], [1, -2, 3, -4], [0; 4], [1, -2, 3, -4]].as_slice());
        let settled: Settled = [(8, 1)].into_iter().collect();
        Model {
            tags,
            vocabulary,
            tagger: rows.clone(),
            moves,
            labels,
            settled: settled.clone(),
            usual: settled,
            relations: rows,
            choices: Choices::new([(6, vec![1])]),
            lemmas,
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let bytes = small().write();
        let read = Model::read(&bytes).expect("a whole model");
        assert_eq!(read.write(), bytes);
        assert_eq!((read.moves.all()[3], read.relations.entries[0], read.vocabulary.ambiguity[&3]), ([1, -2, 3, -4], (0, -30), 4));
    }

    #[test]
    fn says_what_is_wrong() {
        let good = small().write();
        let error = |bytes: &[u8]| Model::read(bytes).expect_err("a bad model");
        assert_eq!(error(b""), ModelError::Unmarked);
        assert_eq!(error(&good[..15]), ModelError::Truncated);
        assert_eq!(error(&good[..good.len() - 1]), ModelError::Checksum);
        let mut other = good.clone();
        other[8] = 200;
        assert_eq!(error(&other), ModelError::Version { found: 200 });
        let mut flipped = good;
        *flipped.last_mut().expect("bytes") ^= 1;
        assert_eq!(error(&flipped), ModelError::Checksum);
        let model = Model { moves: Pages::zeroed(3), ..small() };
        assert_eq!(error(&model.write()), ModelError::Inconsistent { table: "moves" });
        let mut model = small();
        model.vocabulary.settled.insert(1, 2);
        assert_eq!(error(&model.write()), ModelError::Inconsistent { table: "tags" });
    }

    #[test]
    fn a_body_that_ends_anywhere_is_refused() {
        let good = small().write();
        for length in 0..good.len() - HEADER_BYTES {
            let body = &good[HEADER_BYTES..HEADER_BYTES + length];
            let cut = [&good[..12], &checksum(body).to_le_bytes(), body].concat();
            Model::read(&cut).expect_err("a model without its end");
        }
    }
}
