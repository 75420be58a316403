//! Reading treebanks in the CoNLL-U format (universaldependencies.org/format).

/// A word of a treebank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Word {
    pub form: String,
    pub lemma: String,
    pub upos: String,
    pub xpos: String,
    /// The head's place in the sentence; `None` for the root.
    pub head: Option<usize>,
    pub relation: String,
}

/// A sentence of a treebank.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    pub words: Vec<Word>,
}

/// What is wrong with a treebank, and in which line of the file (counted from 1).
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum TreebankError {
    #[error("line {line}: a word needs ten columns")]
    Columns { line: usize },
    #[error("line {line}: the head {head:?} is no number of a word in this sentence")]
    Head { line: usize, head: String },
}

/// Reads the sentences of a file's text. Ranges ("1-2") and empty nodes ("1.1") are passed over.
///
/// # Errors
/// [`TreebankError`] for a line that is no CoNLL-U.
pub fn read(text: &str) -> Result<Vec<Sentence>, TreebankError> {
    let (mut sentences, mut words) = (Vec::new(), Vec::new());
    for (number, line) in text.lines().chain([""]).enumerate() {
        if !line.is_empty() {
            words.extend(word(line, number + 1)?);
        } else if !words.is_empty() {
            let sentence = Sentence { words: std::mem::take(&mut words) };
            let stray = sentence.words.iter().filter_map(|word| word.head).find(|head| *head >= sentence.words.len());
            if let Some(head) = stray {
                return Err(TreebankError::Head { line: number, head: (head + 1).to_string() });
            }
            sentences.push(sentence);
        }
    }
    Ok(sentences)
}

fn word(line: &str, number: usize) -> Result<Option<Word>, TreebankError> {
    if line.starts_with('#') {
        return Ok(None);
    }
    let columns: Vec<&str> = line.split('\t').collect();
    let [id, form, lemma, upos, xpos, _, head, relation, _, _] = columns[..] else {
        return Err(TreebankError::Columns { line: number });
    };
    if id.contains(['-', '.']) {
        return Ok(None);
    }
    let place: usize = head.parse().map_err(|_| TreebankError::Head { line: number, head: head.to_owned() })?;
    let [form, lemma, upos, xpos, relation] = [form, lemma, upos, xpos, relation].map(str::to_owned);
    Ok(Some(Word { form, lemma, upos, xpos, head: place.checked_sub(1), relation }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(id: &str, form: &str, head: &str) -> String {
        format!("{id}\t{form}\t_\tX\tXX\t_\t{head}\tdep\t_\t_\n")
    }

    #[test]
    fn reads_words_and_passes_over_the_rest() {
        let text =
            ["# text = don't go\n", &line("1-2", "don't", "_"), &line("1", "do", "3"), &line("2", "n't", "3"), &line("3", "go", "0")];
        let sentences = read(&text.concat()).expect("good CoNLL-U");
        let words: Vec<_> = sentences[0].words.iter().map(|word| (word.form.as_str(), word.head)).collect();
        assert_eq!((sentences.len(), words), (1, vec![("do", Some(2)), ("n't", Some(2)), ("go", None)]));
    }

    #[test]
    fn says_which_line_is_wrong() {
        assert_eq!(read("# x\n1\tword"), Err(TreebankError::Columns { line: 2 }));
        assert_eq!(read(&line("1", "word", "x")), Err(TreebankError::Head { line: 1, head: "x".to_owned() }));
        assert_eq!(read(&line("1", "word", "7")), Err(TreebankError::Head { line: 1, head: "7".to_owned() }));
    }
}
