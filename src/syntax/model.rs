//! The model file: a header, then the tables one after the other.

use super::{
    choices::Choices,
    lemmas::Lemmas,
    pages::Pages,
    routine::Routine,
    settled::{Settled, Usual},
    state::MOVES,
    tables::{Reader, Writer},
    tagger::{Tag, Vocabulary},
    weights::{MAX_CLASSES, MoveRow, Rows},
};

const MAGIC: [u8; 8] = *b"attache\0";

/// Rises whenever the layout or the features change, since a model only fits the features that it was trained with.
const VERSION: u32 = 7;

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
    pub routines: Routines,
    pub lemmas: Lemmas,
}

/// What need not be guessed of each kind.
#[derive(Debug, Default)]
pub(super) struct Routines {
    pub tags: Routine,
    pub moves: Routine,
    pub relations: Routine,
}

impl Routines {
    fn all(&self) -> [&Routine; 3] {
        [&self.tags, &self.moves, &self.relations]
    }
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
        self.routines.all().into_iter().for_each(|routine| body.map(&routine.0, |body, class| body.bytes.push(*class)));
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
        let mut routine = || body.map(Reader::byte).map(Routine);
        let routines = Routines { tags: routine()?, moves: routine()?, relations: routine()? };
        let lemmas = body.lemmas()?;
        let model = Self { tags, vocabulary, tagger, moves, labels, settled, usual, relations, choices, routines, lemmas };
        model.check()
    }

    /// Refuses tables that point to what is not there, so that parsing need not ask.
    fn check(self) -> Result<Self, ModelError> {
        let fits = |count: usize| (1..=MAX_CLASSES).contains(&count);
        let sums = |rows: &Rows| rows.lengths.iter().map(|length| usize::from(*length)).sum::<usize>() == rows.entries.len();
        let names = |rows: &Rows, classes: usize| rows.entries.iter().all(|(class, _)| usize::from(*class) < classes);
        let ascends = |rows: &Rows| rows.keys.is_sorted_by(|key, next| key < next);
        let table = if !fits(self.tags.len()) || self.vocabulary.settled.values().any(|tag| usize::from(*tag) >= self.tags.len()) {
            "tags"
        } else if !fits(self.labels.len())
            || self.settled.values().chain(self.usual.values()).any(|label| usize::from(*label) >= self.labels.len())
        {
            "labels"
        } else if !self.moves.all().len().is_power_of_two() {
            "moves"
        } else if ![(&self.tagger, self.tags.len()), (&self.relations, self.labels.len())]
            .into_iter()
            .all(|(rows, classes)| sums(rows) && ascends(rows) && names(rows, classes))
        {
            "weights"
        } else if !(self.vocabulary.choices.fit(self.tags.len()) && self.choices.fit(self.labels.len())) {
            "choices"
        } else if !self
            .routines
            .all()
            .into_iter()
            .zip([self.tags.len(), MOVES.len(), self.labels.len()])
            .all(|(all, count)| all.fits(count))
        {
            "routines"
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::lemmas::Edit;

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
            routines: Routines { moves: Routine([(4, 3)].into_iter().collect()), ..Routines::default() },
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
        model.routines.moves.0.insert(1, 4);
        assert_eq!(error(&model.write()), ModelError::Inconsistent { table: "routines" });
        let mut model = small();
        model.tagger.push(8, [(2, 1)].into_iter());
        assert_eq!(error(&model.write()), ModelError::Inconsistent { table: "weights" });
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
