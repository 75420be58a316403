//! What the parser is given to read: each name and each office of several words as one word.
//!
//! "U.S. Secretary of State Mike Pompeo" is eight tokens that a parser attaches in eight ways; as "France Secretary France" it
//! goes wrong less often. The tree is laid out over the tokens again afterwards.

use std::ops::Range;

use super::mentions::ActorMention;
use crate::{
    lexicon::{Lexicon, Naming, WordKey},
    syntax::{Node, Relation, Tree, Upos, VerbForm, Xpos},
    text::{is_quotation_mark, lower},
};

/// Offices have at most this many tokens ("secretary - general" has three).
const LONGEST_OFFICE: usize = 4;

/// Quoted words of at most this many are read as if they were not quoted.
const LONGEST_QUOTED: usize = 5;

/// One word for the parser.
#[derive(Clone)]
pub(super) struct Unit<'t> {
    pub form: &'t str,
    /// The tokens that it stands for, within the sentence.
    pub tokens: Range<usize>,
    /// The token that takes its place in the tree.
    pub head: usize,
    /// The dictionary form of that token, where it is known beforehand.
    pub lemma: Option<&'t str>,
    /// In which form it is a verb, if it can be nothing else.
    pub verb: Option<VerbForm>,
}

/// The words of a sentence: their forms, and the keys of these in lower case.
#[derive(Clone, Copy)]
pub(super) struct Words<'w, 't> {
    pub forms: &'w [&'t str],
    pub keys: &'w [WordKey],
    pub lexicon: &'t Lexicon,
}

/// The units of a sentence, left to right, and the days that are kept from the parser: in "Pakistan today threatened" and
/// "demanded Friday that" it takes them for subjects and objects. `mentions` are those of the sentence, their tokens counted from
/// `first_token`.
pub(super) fn units<'t>(words: Words<'_, 't>, mentions: &[ActorMention], first_token: usize) -> (Vec<Unit<'t>>, Vec<Range<usize>>) {
    let Words { forms, lexicon, .. } = words;
    let (mut units, mut days) = (Vec::with_capacity(forms.len()), Vec::new());
    let mut mentions = mentions.iter().peekable();
    let mut at = 0;
    let (mut opened, mut closing) = (0, None);
    while at < forms.len() {
        if closing == Some(at) {
            units.last_mut().into_iter().for_each(|last: &mut Unit| last.tokens.end += 1);
            at += 1;
            continue;
        }
        if let Some(end) = words.end_of_quoted_words(at).filter(|_| closing.is_none_or(|closing| closing < at)) {
            (opened, closing) = (1, Some(end));
            at += 1;
        }
        if let Some(day) = words.bare_day(at) {
            at = day.end;
            days.push(day);
            while mentions.next_if(|mention| mention.tokens.start - first_token < at).is_some() {}
            continue;
        }
        let mention = mentions.next_if(|mention| mention.tokens.start - first_token == at);
        let unit = match mention {
            Some(mention) => with_article(name_unit(forms, mention, at, lexicon), mention, forms, lexicon, &mut units),
            None => words.office_unit(at).or_else(|| words.compound_unit(at)).unwrap_or_else(|| words.word_unit(at)),
        };
        at = unit.tokens.end;
        let start = unit.tokens.start - std::mem::take(&mut opened);
        units.push(Unit { tokens: start..at, ..unit });
    }
    (units, days)
}

impl<'t> Words<'_, 't> {
    /// The mark that closes the few quoted words that open here, within a sentence: in "Norway \"fully supports\" Chile" they are words
    /// like others, and the marks only keep the parser from seeing whose they are. Both are kept with the words beside them.
    fn end_of_quoted_words(self, open: usize) -> Option<usize> {
        let forms = self.forms;
        let is_mark = |at: usize| forms.get(at).is_some_and(|form| is_quotation_mark(form));
        if open == 0 || !is_mark(open) || is_mark(open + 1) {
            return None;
        }
        let end = (open + 2..=open + 1 + LONGEST_QUOTED).find(|at| is_mark(*at))?;
        let is_more = forms[open + 1..end].iter().any(|form| matches!(*form, "." | "," | "!" | "?" | ";" | ":" | "and"));
        // Quoted things and properties are better read with their marks: they keep apart what belongs together.
        let is_of_verb = forms[open + 1].ends_with("ly") || (end == open + 2 && self.lexicon.is_plain_verb(self.keys[open + 1]));
        let has_day = (open + 1..end).any(|at| self.bare_day(at).is_some());
        (is_of_verb && !is_more && !has_day && end + 1 < forms.len()).then_some(end)
    }

    /// "today", "Friday", "on Friday night", where it is not part of a name ("Friday's summit") and something else is left.
    fn bare_day(self, at: usize) -> Option<Range<usize>> {
        let Self { forms, keys, lexicon } = self;
        let classes = &lexicon.classes;
        let day = if forms[at].eq_ignore_ascii_case("on") { at + 1 } else { at };
        let is_day = keys.get(day).is_some_and(|word| classes.days.has(*word));
        if !is_day || forms.len() < 4 {
            return None;
        }
        let mut end = day + 1;
        if keys.get(end).is_some_and(|word| classes.day_parts.has(*word)) {
            end += 1;
        }
        let bound = matches!(forms.get(end).copied(), Some("'s" | "'" | "-" | "and" | "or"))
            || (at > 0
                && matches!(
                    &*lower(forms[at - 1]),
                    "last" | "next" | "this" | "and" | "every" | "by" | "until" | "since" | "from" | "of" | "the"
                ));
        (!bound).then_some(at..end)
    }

    fn word_unit(self, at: usize) -> Unit<'t> {
        let usual = self.lexicon.placeholders.words.get(&self.keys[at]).map(String::as_str);
        let key = usual.map_or(self.keys[at], WordKey::of);
        let form = usual.unwrap_or(self.forms[at]);
        let is_plain_verb = self.lexicon.is_plain_verb(key) || self.is_verb_behind_or(at);
        Unit { form, tokens: at..at + 1, head: at, lemma: None, verb: is_plain_verb.then_some(VerbForm::Plain) }
    }

    /// "leave or face sanctions": what threatens behind "or" is a verb, which alone could be a noun.
    fn is_verb_behind_or(self, at: usize) -> bool {
        let Self { forms, lexicon, .. } = self;
        let behind_or = at > 0 && forms[at - 1].eq_ignore_ascii_case("or") && lexicon.classes.alternatives.contains(forms[at]);
        behind_or && forms.get(at + 1).is_some_and(|next| next.starts_with(char::is_alphabetic) && *next != "of")
    }

    /// The longest office that starts here and has several words.
    fn office_unit(self, at: usize) -> Option<Unit<'t>> {
        let Self { forms, keys, lexicon } = self;
        let offices = &lexicon.classes.offices;
        if !lexicon.begins_office(keys[at]) {
            return None;
        }
        for length in (2..=LONGEST_OFFICE.min(forms.len() - at)).rev() {
            let tokens = at..at + length;
            let text = forms[tokens.clone()].join(" ").to_lowercase().replace(" - ", "-");
            if offices.contains(&text) {
                let last = tokens.end - 1;
                let head = if offices.has(keys[last]) { last } else { at };
                return Some(Unit { form: forms[head], tokens, head, lemma: None, verb: None });
            }
        }
        None
    }

    /// "arms embargo", "sanctions list": two nouns that a parser often takes for a noun and a verb.
    fn compound_unit(self, at: usize) -> Option<Unit<'t>> {
        let Self { forms, keys, lexicon } = self;
        if !lexicon.begins_compound(keys[at]) {
            return None;
        }
        let first = lower(forms[at]);
        let last = lower(forms.get(at + 1)?);
        let placeholders = &lexicon.placeholders;
        let singulars = [(&*last, &placeholders.noun)];
        let plurals = ["s", "es"].into_iter().filter_map(|ending| Some((last.strip_suffix(ending)?, &placeholders.nouns)));
        let known = |(noun, form)| Some((lexicon.classes.compounds.get(&format!("{first} {noun}"))?, form));
        let (compound, form) = singulars.into_iter().chain(plurals).find_map(known)?;
        let lemma = compound.split(' ').next_back();
        Some(Unit { form, tokens: at..at + 2, head: at + 1, lemma, verb: None })
    }
}

fn name_unit<'t>(forms: &[&'t str], mention: &ActorMention, at: usize, lexicon: &'t Lexicon) -> Unit<'t> {
    let tokens = at..at + mention.tokens.len();
    let head = tokens.end - 1;
    let placeholders = &lexicon.placeholders;
    let form = match mention.naming {
        Naming::Adjective | Naming::Demonym if tokens.len() == 1 => forms[at],
        Naming::Adjective | Naming::Demonym if forms[head].ends_with('s') => &placeholders.people,
        Naming::Adjective | Naming::Demonym => &placeholders.adjective,
        _ => &placeholders.name,
    };
    Unit { form, tokens, head, lemma: None, verb: None }
}

/// "the United States" is one word, since the placeholder takes no article; "the French" keeps it.
fn with_article<'t>(unit: Unit<'t>, mention: &ActorMention, forms: &[&str], lexicon: &Lexicon, before: &mut Vec<Unit>) -> Unit<'t> {
    // In "the UK government" the article belongs to the government.
    let of_next = forms.get(unit.tokens.end).is_some_and(|next| lexicon.classes.institutions.contains(&lower(next)));
    let name = matches!(mention.naming, Naming::Name | Naming::Organ | Naming::Entity(_)) && unit.form != forms[unit.head];
    let article = before.last().is_some_and(|last| last.form.eq_ignore_ascii_case("the"));
    if !(name && article) || of_next {
        return unit;
    }
    let start = before.pop().map_or(unit.tokens.start, |article| article.tokens.start);
    Unit { tokens: start..unit.tokens.end, ..unit }
}

/// Lays the tree of the units out over the tokens: the other tokens of a unit hang on its head, days on the nearest verb.
pub(super) fn lay_out(tree: Tree, units: &[Unit], days: &[Range<usize>], forms: &[&str]) -> Tree {
    let mut nodes: Vec<Option<Node>> = vec![None; forms.len()];
    let verbs: Vec<usize> = units.iter().zip(&tree.nodes).filter(|(_, node)| node.upos == Upos::Verb).map(|(unit, _)| unit.head).collect();
    let root = units.iter().zip(&tree.nodes).find(|(_, node)| node.head.is_none()).map(|(unit, _)| unit.head);
    // A word that was only put in for the parser stands for no token.
    for (unit, read) in units.iter().zip(tree.nodes).filter(|(unit, _)| !unit.tokens.is_empty()) {
        for token in unit.tokens.clone().filter(|token| *token != unit.head) {
            nodes[token] = Some(part_node(unit, forms[token]));
        }
        nodes[unit.head] = Some(head_node(read, unit, units, forms));
    }
    for day in days {
        // "spoke with the minister today about the need to go": behind a preposition another phrase has begun.
        let leads_away =
            |at: usize| nodes[at].as_ref().is_some_and(|node| matches!(node.upos, Upos::Adp | Upos::Sconj) || node.xpos == Xpos::To);
        let is_reached = |verb: &usize| *verb < day.start || !(day.end..*verb).any(leads_away);
        let nearest = |verb: &usize| verb.abs_diff(day.start);
        let reached = verbs.iter().copied().filter(is_reached).min_by_key(nearest);
        let verb = reached.or_else(|| verbs.iter().copied().min_by_key(nearest)).or(root);
        day.clone().for_each(|token| nodes[token] = Some(day_node(token, day, verb, forms)));
    }
    debug_assert!(nodes.iter().all(Option::is_some), "every token is in a unit or a day");
    Tree { nodes: nodes.into_iter().flatten().collect() }
}

/// A word of a day: the day hangs on its verb, "on" and "night" on the day.
fn day_node(token: usize, day: &Range<usize>, verb: Option<usize>, forms: &[&str]) -> Node {
    let on = forms[day.start].eq_ignore_ascii_case("on");
    let name = day.start + usize::from(on);
    let (upos, xpos, head, relation) = match token {
        _ if token == name => (Upos::Propn, Xpos::Nnp, verb, Relation::OblUnmarked),
        _ if on && token == day.start => (Upos::Adp, Xpos::In, Some(name), Relation::Case),
        _ => (Upos::Noun, Xpos::Nn, Some(name), Relation::NmodUnmarked),
    };
    Node { upos, xpos, head, relation, lemma: forms[token].to_lowercase() }
}

fn head_node(read: Node, unit: &Unit, units: &[Unit], forms: &[&str]) -> Node {
    let form = forms[unit.head];
    let known = unit.lemma.map(str::to_owned);
    let lemma = known.unwrap_or_else(|| if form == unit.form { read.lemma } else { form.to_lowercase() });
    Node { head: read.head.map(|head| units[head].head), lemma, ..read }
}

fn part_node(unit: &Unit, form: &str) -> Node {
    let (upos, xpos, relation) = match form {
        _ if form.eq_ignore_ascii_case("the") => (Upos::Det, Xpos::Dt, Relation::Det),
        _ if is_quotation_mark(form) => (Upos::Punct, Xpos::Other, Relation::Punct),
        _ => (Upos::Propn, Xpos::Nnp, Relation::Compound),
    };
    Node { upos, xpos, head: Some(unit.head), relation, lemma: form.to_lowercase() }
}

/// For each token whether it stands for a name in the tree: that of a polity, a body or a person, not an adjective.
pub(super) fn name_heads(mentions: &[ActorMention], first_token: usize, tokens: usize) -> Vec<bool> {
    let mut names = vec![false; tokens];
    for mention in mentions.iter().filter(|mention| !matches!(mention.naming, Naming::Adjective | Naming::Demonym | Naming::City)) {
        names[mention.tokens.end - 1 - first_token] = true;
    }
    names
}

/// In a sentence that was left without a verb, gives the first word that may be one the form of a well-known verb, and returns
/// its token and lemma. A verb stands behind a name, a noun or an adverb, and before a phrase.
pub(super) fn read_as_verb<'t>(units: &mut [Unit<'t>], tree: &Tree, lexicon: &'t Lexicon) -> Option<(usize, &'t str)> {
    if has_finite_verb(tree) {
        return None;
    }
    for at in 1..units.len().saturating_sub(1) {
        let (before, here, behind) = (&tree.nodes[at - 1], &tree.nodes[at], &tree.nodes[at + 1]);
        let follows = matches!(before.upos, Upos::Noun | Upos::Propn | Upos::Adv | Upos::Punct | Upos::Num);
        let leads = !matches!(behind.upos, Upos::Punct | Upos::Aux | Upos::Cconj)
            && behind.relation != Relation::Fixed
            && units[at + 1].form != "of";
        let free =
            units[at].tokens.len() == 1 && matches!(here.upos, Upos::Noun | Upos::Propn | Upos::Adj) && !starts_upper(units[at].form);
        let verb = lexicon.verb_of(units[at].form);
        if let (true, true, true, Some(lemma)) = (follows, leads, free, verb) {
            units[at].form = lexicon.placeholders.verb_like(units[at].form);
            return Some((units[at].head, lemma));
        }
    }
    None
}

fn starts_upper(form: &str) -> bool {
    form.chars().next().is_some_and(char::is_uppercase)
}

fn has_finite_verb(tree: &Tree) -> bool {
    let finite = |node: &Node| matches!(node.upos, Upos::Verb | Upos::Aux) && node.xpos.is_finite();
    let root = tree.nodes.iter().position(|node| node.head.is_none());
    let main =
        |node: usize| tree.nodes[node].upos == Upos::Verb || tree.children(node).any(|child| tree.nodes[child].relation == Relation::Cop);
    root.is_some_and(main) || (tree.nodes.iter().any(finite) && root.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_put_in_for_the_parser_stands_for_no_token() {
        // "Chad agreed , Mali said", read as "Mali said that Chad agreed ,".
        let forms = ["Chad", "agreed", ",", "Mali", "said"];
        let unit = |form, token: usize| Unit { form, tokens: token..token + 1, head: token, lemma: None, verb: None };
        let joint = Unit { tokens: 0..0, ..unit("that", 4) };
        let units = [unit("Mali", 3), unit("said", 4), joint, unit("Chad", 0), unit("agreed", 1), unit(",", 2)];
        let node = |head: Option<usize>, lemma: &str| Node {
            upos: Upos::X,
            xpos: Xpos::Other,
            head,
            relation: Relation::Dep,
            lemma: lemma.to_owned(),
        };
        let read = [(Some(1), "mali"), (None, "say"), (Some(4), "that"), (Some(4), "chad"), (Some(1), "agree"), (Some(1), ",")];
        let tree = Tree { nodes: read.into_iter().map(|(head, lemma)| node(head, lemma)).collect() };
        let laid = lay_out(tree, &units, &[], &forms);
        let found: Vec<(Option<usize>, &str)> = laid.nodes.iter().map(|node| (node.head, node.lemma.as_str())).collect();
        assert_eq!(found, [(Some(1), "chad"), (Some(4), "agree"), (Some(4), ","), (Some(4), "mali"), (None, "say")]);
    }
}
