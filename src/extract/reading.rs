//! One sentence, read: its tree, its mentions, and quick answers about both. Token indexes count within the sentence.

use std::{cell::OnceCell, ops::Range};

use super::{
    dates::{DateMention, find_dates},
    mentions::ActorMention,
    sanctions::Named,
};
use crate::{
    lexicon::{Lexicon, Naming, Phrase, Word, WordClasses, WordFilter, WordKey},
    syntax::{Node, Relation, Tree, Upos},
    text::{Document, Sentence, Span, lower},
};

/// Further words of a phrase stand at most this many words behind the first: "bring … to the court".
pub(super) const PHRASE_REACH: usize = 8;
/// A particle that the tree has not joined to its verb stands at most this many words behind it.
const PARTICLE_REACH: usize = 3;

/// A parsed sentence with the actors that it names.
pub(super) struct Reading<'d> {
    pub document: &'d Document<'d>,
    pub sentence: &'d Sentence,
    pub tree: Tree,
    pub mentions: Vec<ActorMention>,
    pub classes: &'d WordClasses,
    /// Companies, people and ships that sanctions speak of.
    pub entities: Vec<ActorMention>,
    /// Acts, programmes and bodies of sanctions, once somebody asks for them.
    pub named: OnceCell<Named>,
    /// The date expressions, once somebody asks for them.
    dates: OnceCell<Vec<DateMention>>,
    children: Children,
    keys: Vec<Keys>,
    words: WordFilter,
    mention_of: Vec<Option<usize>>,
}

/// What a node is compared with phrases by: its lemma, and its form in lower case.
#[derive(Clone, Copy)]
pub(super) struct Keys {
    pub lemma: WordKey,
    pub form: WordKey,
}

/// The children of all nodes in one piece, those of a node together and left to right.
struct Children {
    all: Vec<usize>,
    /// Where those of each node end; they begin where those of the node before end.
    ends: Vec<usize>,
}

impl Children {
    fn new(tree: &Tree) -> Self {
        let heads = || tree.nodes.iter().enumerate().filter_map(|(node, entry)| entry.head.map(|head| (node, head)));
        let mut ends = vec![0; tree.nodes.len() + 1];
        heads().for_each(|(_, head)| ends[head + 1] += 1);
        (1..ends.len()).for_each(|node| ends[node] += ends[node - 1]);
        let mut all = vec![0; ends[tree.nodes.len()]];
        // For now the start of each node's own, which moves to its end as they are filled in.
        for (node, head) in heads() {
            all[ends[head]] = node;
            ends[head] += 1;
        }
        ends.truncate(tree.nodes.len());
        Self { all, ends }
    }

    fn of(&self, node: usize) -> &[usize] {
        let start = if node == 0 { 0 } else { self.ends[node - 1] };
        &self.all[start..self.ends[node]]
    }
}

impl<'d> Reading<'d> {
    /// `mentions` are those of the sentence, with token indexes of the document.
    pub fn new(document: &'d Document<'d>, sentence: &'d Sentence, tree: Tree, mentions: &[ActorMention], lexicon: &'d Lexicon) -> Self {
        let size = tree.nodes.len();
        let children = Children::new(&tree);
        let form = |node: usize| document.form(sentence.tokens.start + node);
        let keys = |(node, entry): (usize, &Node)| Keys { lemma: WordKey::of(&entry.lemma), form: WordKey::of(&lower(form(node))) };
        let keys: Vec<Keys> = tree.nodes.iter().enumerate().map(keys).collect();
        let words = keys.iter().flat_map(|keys| [keys.lemma, keys.form]).collect();
        let mut reading = Self {
            document,
            sentence,
            tree,
            mentions: Vec::new(),
            classes: &lexicon.classes,
            entities: Vec::new(),
            named: OnceCell::new(),
            dates: OnceCell::new(),
            children,
            keys,
            words,
            mention_of: vec![None; size],
        };
        for mention in mentions {
            let tokens = mention.tokens.start - sentence.tokens.start..mention.tokens.end - sentence.tokens.start;
            let mention = ActorMention { tokens, ..mention.clone() };
            if mention.is_entity() { reading.entities.push(mention) } else { reading.add_mention(mention) }
        }
        reading
    }

    /// Adds a mention that the gazetteer does not know, unless the place is taken.
    pub fn add_mention(&mut self, mention: ActorMention) {
        let tokens = mention.tokens.start..mention.tokens.end.min(self.mention_of.len());
        if self.mention_of[tokens.clone()].iter().any(Option::is_some) {
            return;
        }
        self.mention_of[tokens].fill(Some(self.mentions.len()));
        self.mentions.push(mention);
    }

    /// The date expressions of the sentence, in order.
    pub fn dates(&self) -> &[DateMention] {
        self.dates.get_or_init(|| find_dates(self.document, self.sentence))
    }

    pub fn len(&self) -> usize {
        self.tree.nodes.len()
    }

    pub fn node(&self, node: usize) -> &Node {
        &self.tree.nodes[node]
    }

    pub fn form(&self, node: usize) -> &str {
        self.document.form(self.sentence.tokens.start + node)
    }

    /// Whether a word such as "former" takes an office away. By its form: the dictionary form of "latest" is "late".
    pub fn is_former(&self, node: usize, lexicon: &Lexicon) -> bool {
        lexicon.classes.former.contains(&lower(self.form(node)))
    }

    pub fn lemma(&self, node: usize) -> &str {
        &self.tree.nodes[node].lemma
    }

    pub fn keys(&self) -> &[Keys] {
        &self.keys
    }

    pub fn head(&self, node: usize) -> Option<usize> {
        self.tree.nodes[node].head
    }

    pub fn relation(&self, node: usize) -> Relation {
        self.tree.nodes[node].relation
    }

    pub fn children(&self, node: usize) -> &[usize] {
        self.children.of(node)
    }

    /// The direct dependents in one of some relations, left to right.
    pub fn dependents<'a>(&'a self, node: usize, relations: &'a [Relation]) -> impl Iterator<Item = usize> + 'a {
        self.children.of(node).iter().copied().filter(move |child| relations.contains(&self.relation(*child)))
    }

    pub fn mention_at(&self, node: usize) -> Option<&ActorMention> {
        self.mention_of[node].map(|mention| &self.mentions[mention])
    }

    pub fn entity_at(&self, node: usize) -> Option<&ActorMention> {
        self.entities.iter().find(|entity| entity.tokens.contains(&node))
    }

    /// The span of a token in the article's text.
    pub fn span(&self, node: usize) -> Span {
        self.document.tokens[self.sentence.tokens.start + node].span
    }

    /// The span of several tokens in the article's text.
    pub fn span_of(&self, tokens: &Range<usize>) -> Span {
        Span::new(self.span(tokens.start).start, self.span(tokens.end - 1).end)
    }

    /// The preposition of a phrase, lower-cased; with its fixed parts ("because of").
    pub fn preposition(&self, head: usize) -> Option<String> {
        let mut cases = self.dependents(head, &[Relation::Case]).filter(|case| !self.is_possessive_mark(*case));
        let case = cases.next()?;
        let mut text = self.form(case).to_lowercase();
        let next = cases.next().filter(|next| *next == case + 1);
        for part in self.dependents(case, &[Relation::Fixed]).chain(next) {
            text.push(' ');
            text.push_str(&self.form(part).to_lowercase());
        }
        Some(text)
    }

    fn is_possessive_mark(&self, node: usize) -> bool {
        matches!(self.form(node), "'s" | "'" | "s'")
    }

    /// Whether the phrase ends at this node: its last word is the node's lemma, or in a phrase of several its form ("no longer"); the
    /// others stand right before it.
    #[inline]
    pub fn ends_phrase(&self, node: usize, phrase: &Phrase) -> bool {
        let [before @ .., last] = phrase.words() else { return false };
        let keys = self.keys[node];
        (last.key == keys.lemma || (last.lower == keys.form && !before.is_empty())) && self.stand_before(node, before)
    }

    /// Whether a word, given in lower case, may stand in the sentence; `false` is certain.
    #[inline]
    pub fn may_have(&self, word: &str) -> bool {
        self.words.may_have(WordKey::of(word))
    }

    /// Whether the phrase may end somewhere in the sentence; most phrases of a list do not.
    #[inline]
    pub fn may_end_phrase(&self, phrase: &Phrase) -> bool {
        phrase.words().last().is_some_and(|last| self.words.may_have(last.key) || self.words.may_have(last.lower))
    }

    /// Whether the words stand right before the node.
    fn stand_before(&self, node: usize, words: &[Word]) -> bool {
        words.len() <= node && words.iter().rev().enumerate().all(|(back, word)| self.is_word(node - 1 - back, word))
    }

    /// Whether the phrase begins at this node; what follows the first word may stand a little further off.
    pub fn begins_phrase(&self, node: usize, phrase: &Phrase) -> bool {
        let [first, rest @ ..] = phrase.words() else { return false };
        first.key == self.keys[node].lemma && (rest.is_empty() || self.follows(node, rest))
    }

    /// Further words of a phrase may stand behind an object; a single one that does not hang on the first only behind a short object.
    fn follows(&self, node: usize, rest: &[Word]) -> bool {
        (node + 1..(node + 1 + PHRASE_REACH).min(self.len())).any(|start| {
            let belongs = self.head(start) == Some(node) || rest.len() > 1;
            let close = start <= node + PARTICLE_REACH && self.relation(start) == Relation::Case;
            (belongs || close || start == node + 1)
                && rest.iter().enumerate().all(|(step, word)| start + step < self.len() && self.is_word(start + step, word))
                && !(node + 1..start).any(|between| self.node(between).upos == Upos::Verb)
        })
    }

    fn is_word(&self, node: usize, word: &Word) -> bool {
        self.keys[node].lemma == word.key || self.keys[node].form == word.lower
    }

    /// Whether one of the phrases ends at the node; an empty list asks nothing.
    pub fn ends_any(&self, node: usize, phrases: &[Phrase]) -> bool {
        phrases.is_empty() || phrases.iter().any(|phrase| self.ends_phrase(node, phrase))
    }

    /// Looks through nouns that only lead to another: "a round of sanctions", "the leaders of".
    pub fn through_conduits(&self, head: usize, lexicon: &Lexicon) -> usize {
        let mut head = head;
        loop {
            // "$1 million in aid", "50 million euros of loans".
            let amount = matches!(self.node(head).upos, Upos::Sym | Upos::Num) || self.lemma(head).ends_with('$');
            if !amount && !lexicon.classes.conduits.contains(self.lemma(head)) {
                break;
            }
            let leads = |child: &usize| {
                let preposition = self.preposition(*child);
                preposition.as_deref() == Some("of") || (amount && matches!(preposition.as_deref(), Some("in" | "worth of")))
            };
            let content = self.dependents(head, &[Relation::Nmod]).find(leads);
            match content {
                Some(content) => head = content,
                None => break,
            }
        }
        head
    }

    /// A node and all nodes that are joined to it by "and" or commas.
    pub fn with_conjuncts(&self, node: usize) -> Vec<usize> {
        let mut all = vec![node];
        all.extend(self.dependents(node, &[Relation::Conj]));
        // "the United States, Japan and South Korea": a parser often takes the second of several names for an apposition.
        let name = |node: usize| self.mention_at(node).filter(|mention| mention.naming == Naming::Name).map(|mention| mention.actor);
        for apposed in self.dependents(node, &[Relation::Appos, Relation::NmodUnmarked]) {
            if name(node).is_some() && name(apposed).is_some_and(|actor| Some(actor) != name(node)) {
                all.push(apposed);
                all.extend(self.dependents(apposed, &[Relation::Conj]));
            }
        }
        all
    }
}
