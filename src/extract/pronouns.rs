//! Whom a pronoun stands for.

use super::{
    clause::CLAUSES,
    coreference::single,
    discourse::{Discourse, is_capitalised},
    frames::is_below,
    mentions::ActorMention,
    parties::Resolver,
};
use crate::{
    lexicon::{EventType, Naming},
    syntax::{Relation, Upos, Xpos},
    text::{is_quotation_mark, lower},
};

/// The verb that praises or blames stands at most this many steps above what it is for.
const MERIT_REACH: usize = 3;

impl Discourse {
    /// The polities that a pronoun stands for, if that is safe to say.
    pub(super) fn pronoun(&self, resolver: &Resolver, node: usize) -> Vec<u32> {
        if let Some(author) = self.author_of_content(resolver, node) {
            return vec![author];
        }
        if is_of_unknown_speaker(resolver, node) {
            return Vec::new();
        }
        let other = self.other_than_subject(resolver, node);
        if !other.is_empty() {
            return other;
        }
        if let Some(owners) = owners_of_merit(resolver, node) {
            return owners;
        }
        if let Some(addressed) = addressed_with_condition(resolver, node) {
            return vec![addressed];
        }
        if let Some(parallel) = self.parallel_owner(resolver, node) {
            return vec![parallel];
        }
        let own = self.clause_subject(resolver, node);
        let word = resolver.reading.form(node).to_lowercase();
        if resolver.lexicon.classes.first_persons.contains(&word) {
            let quoted = self.issuer.is_some() && is_quoted(resolver, node);
            let together = self.circle.iter().any(|party| self.speakers.contains(party)) && is_of_several(resolver, node);
            return match (quoted, together) {
                (true, _) => Vec::new(),
                (_, true) => self.circle.clone(),
                _ => self.speakers.clone(),
            };
        }
        match word.as_str() {
            "he" | "she" | "his" | "her" | "him" => {
                let above = self.person_above(resolver, node);
                above.or_else(|| self.person_before(resolver, node)).or(own).or(self.person).into_iter().collect()
            }
            "it" | "its" => own.map_or_else(|| single(&self.subjects), |own| vec![own]),
            "they" | "their" => {
                let joint = self.joint_subject(resolver, node);
                if joint.len() > 1 { joint } else { self.plural(own) }
            }
            "them" => self.plural(own),
            _ => Vec::new(),
        }
    }

    /// Whom a pronoun in the plural means: the subjects of the sentence before, the one subject of its own, or who met last.
    fn plural(&self, own: Option<u32>) -> Vec<u32> {
        if self.subjects.len() > 1 {
            return self.subjects.clone();
        }
        own.map(|own| vec![own]).unwrap_or_else(|| self.they())
    }

    /// "protests at Washington's announcement that it will sell": whose statement it is that tells what "it" does.
    fn author_of_content(&self, resolver: &Resolver, node: usize) -> Option<u32> {
        let reading = resolver.reading;
        let verb = reading.head(node).filter(|_| reading.relation(node) == Relation::Nsubj)?;
        // A parser gives the clause to the verb above as often.
        let mark = reading.dependents(verb, &[Relation::Mark]).next().and_then(|mark| mark.checked_sub(1));
        let noun = match reading.relation(verb) {
            Relation::Acl | Relation::Ccomp => reading.head(verb)?,
            Relation::Advcl => mark?,
            _ => return None,
        };
        let is_statement = resolver.lexicon.classes.avowals.contains(reading.lemma(noun));
        let owners = reading.dependents(noun, &[Relation::NmodPoss]).filter(|_| is_statement);
        owners.filter_map(|owner| reading.mention_at(owner)).map(|mention| mention.actor).next()
    }

    /// "lauded Canada's partnership and its leadership": the owner of the noun that it is joined to.
    fn parallel_owner(&self, resolver: &Resolver, node: usize) -> Option<u32> {
        let reading = resolver.reading;
        let noun =
            reading.head(node).filter(|noun| reading.relation(node) == Relation::NmodPoss && reading.relation(*noun) == Relation::Conj)?;
        // Parsers often join it to a nearer noun than the object.
        let objects = reading.governor(noun).into_iter().flat_map(|verb| reading.dependents(verb, &[Relation::Obj]));
        let owners = reading.head(noun).into_iter().chain(objects).flat_map(|first| reading.dependents(first, &[Relation::NmodPoss]));
        owners.into_iter().find_map(|owner| reading.mention_at(owner)).map(|mention| mention.actor)
    }

    /// What is an object stands for somebody else than the subject, and than the owner of the noun that it belongs to: "expelled
    /// Rwanda's envoy, accusing it of", "lifted EU sanctions on the country".
    pub(super) fn other_than_subject(&self, resolver: &Resolver, node: usize) -> Vec<u32> {
        let reading = resolver.reading;
        let object = matches!(reading.relation(node), Relation::Obj | Relation::Iobj | Relation::Obl | Relation::Nmod);
        let subject = self.clause_subject(resolver, node);
        let owned = reading.head(node).filter(|_| reading.relation(node) == Relation::Nmod);
        let owners: &[usize] = owned.map(|noun| resolver.base(noun)).unwrap_or_default();
        if !object || (subject.is_none() && owners.is_empty()) {
            return Vec::new();
        }
        // "a summit between him and": a person who takes part in what the noun tells is the one who acts.
        let is_person = matches!(&*lower(reading.form(node)), "him" | "her");
        if is_person && reading.preposition(node).is_some_and(|word| word == "between") {
            return Vec::new();
        }
        let free = |mention: &&ActorMention| {
            let before = mention.tokens.end <= node && mention.naming != Naming::City;
            before && Some(mention.actor) != subject && !owners.iter().any(|owner| mention.tokens.contains(owner))
        };
        let person = || self.punished_above(resolver, node).filter(|actor| Some(*actor) != subject);
        reading.mentions.iter().rev().find(free).map(|mention| mention.actor).or_else(person).into_iter().collect()
    }

    /// "sanctions the general, accusing him of": whose general it is that the clause above is about.
    fn punished_above(&self, resolver: &Resolver, node: usize) -> Option<u32> {
        let reading = resolver.reading;
        let above = reading.head(node).and_then(|verb| reading.head(verb))?;
        let object = reading.dependents(above, &[Relation::Obj]).find(|object| *object < node)?;
        let named = reading.entities.iter().find(|entity| is_below(reading, entity.tokens.end - 1, object));
        named.map(|entity| entity.actor)
    }

    /// A pronoun in the second part of a sentence mostly stands for the subject of the first.
    pub(super) fn clause_subject(&self, resolver: &Resolver, node: usize) -> Option<u32> {
        let reading = resolver.reading;
        // "Iran will answer if sanctions are imposed on it": what is done has no part in it.
        let is_deed = |subject: &usize| {
            resolver.lexicon.classes.restrictions.contains(reading.lemma(*subject)) && owner(resolver, *subject).is_none()
        };
        let subject = self.subjects_above(resolver, node).find(|subject| !is_deed(subject))?;
        let is_thing = matches!(&*lower(reading.form(node)), "it" | "its");
        let of = || represented(resolver, subject).filter(|_| is_thing);
        owner(resolver, subject).or_else(of).filter(|_| reading.with_conjuncts(subject).len() == 1)
    }

    /// "Norway and Spain say that they will": all who are the subject above a pronoun in the plural. Of ministers with their offices
    /// a parser often joins not all.
    fn joint_subject(&self, resolver: &Resolver, node: usize) -> Vec<u32> {
        let reading = resolver.reading;
        let Some(subject) = self.subjects_above(resolver, node).next() else { return Vec::new() };
        let parts = reading.with_conjuncts(subject).into_iter();
        let joint = parts.map(|part| owner(resolver, part)).collect::<Option<Vec<u32>>>().unwrap_or_default();
        let listed = reading.head(subject).filter(|_| joint.len() < 2).map(|verb| resolver.parties_before(verb)).unwrap_or_default();
        if listed.len() > 1 { listed.into_iter().map(|party| party.actor).collect() } else { joint }
    }

    /// "The president rails at France after it refuses arms to his country": the nearest subject above that is a person; or "Putin, when
    /// he visits Niger": the person of whom the clause says more.
    fn person_above(&self, resolver: &Resolver, node: usize) -> Option<u32> {
        let is_person = |subject: &usize| {
            let mention = resolver.reading.mention_at(*subject);
            mention.is_some_and(|mention| matches!(mention.naming, Naming::Person(_))) || resolver.is_titled_name(*subject)
        };
        let described = self.described_by(resolver, node).filter(is_person);
        described.or_else(|| self.subjects_above(resolver, node).find(is_person)).and_then(|subject| owner(resolver, subject))
    }

    /// The nearest noun before a pronoun that the clause or the phrase of the pronoun describes: "Putin, when he visits Niger". A clause
    /// that nothing opens is often hung on a name by mistake: "visits Putin, on Monday he calls".
    fn described_by(&self, resolver: &Resolver, node: usize) -> Option<usize> {
        let reading = resolver.reading;
        let opens = |word: &usize| {
            reading.relation(*word) == Relation::Mark || matches!(&*lower(reading.form(*word)), "when" | "where" | "who" | "whose" | "that")
        };
        let is_opened = |part: &usize| !CLAUSES.contains(&reading.relation(*part)) || reading.children(*part).iter().any(opens);
        let is_named = |above: usize| above < node && reading.mention_at(above).is_some();
        let mut path = std::iter::successors(Some(node), |at| reading.head(*at)).take(8).take_while(is_opened);
        let part = path.find(|part| reading.head(*part).is_some_and(is_named))?;
        reading.head(part)
    }

    /// "The court charges Putin over the raids of his army": where the subject is the name of a body or a state, the last known person
    /// before.
    fn person_before(&self, resolver: &Resolver, node: usize) -> Option<u32> {
        let reading = resolver.reading;
        let subject = self.subjects_above(resolver, node).next().and_then(|subject| reading.mention_at(subject));
        subject.filter(|subject| matches!(subject.naming, Naming::Name | Naming::Capital))?;
        let is_person = |mention: &&ActorMention| mention.tokens.end <= node && matches!(mention.naming, Naming::Person(_));
        reading.mentions.iter().filter(is_person).max_by_key(|mention| mention.tokens.start).map(|mention| mention.actor)
    }

    /// The subjects before a node of the clauses that it stands in, the nearest first.
    fn subjects_above<'r>(&'r self, resolver: &'r Resolver, node: usize) -> impl Iterator<Item = usize> + 'r {
        let reading = resolver.reading;
        std::iter::successors(reading.head(node), |at| reading.head(*at)).take(8).filter_map(move |verb| {
            let mut subjects = reading.dependents(verb, &[Relation::Nsubj, Relation::NsubjPass]);
            subjects.find(|subject| *subject < node && !is_below(resolver.reading, node, *subject))
        })
    }
}

/// "Greenpeace says it condemns", "the opposition party says they will oppose": who speaks of himself is named, and no polity.
fn is_of_unknown_speaker(resolver: &Resolver, node: usize) -> bool {
    let (reading, classes) = (resolver.reading, &resolver.lexicon.classes);
    let verb = reading.head(node).filter(|_| reading.relation(node) == Relation::Nsubj);
    let saying = verb.filter(|verb| reading.relation(*verb) == Relation::Ccomp).and_then(|verb| reading.head(verb));
    let says = |verb: &usize| classes.sayings.contains(reading.lemma(*verb));
    let mut speakers = saying.filter(says).into_iter().flat_map(|verb| reading.dependents(verb, &[Relation::Nsubj]));
    let is_capital = |speaker: usize| speaker > 0 && is_capitalised(reading.form(speaker));
    let is_name = |speaker: usize| (reading.node(speaker).upos == Upos::Propn || is_capital(speaker)) && !resolver.has_office(speaker);
    let is_unknown = |speaker: usize| is_name(speaker) || resolver.has_beside(speaker, &classes.outsiders);
    speakers.any(|speaker| speaker < node && is_unknown(speaker) && owner(resolver, speaker).is_none())
}

/// "thanked the Baltic states for their help": theirs who are thanked, praised or blamed for it; nobody's, if they are not known.
pub(super) fn owners_of_merit(resolver: &Resolver, node: usize) -> Option<Vec<u32>> {
    let (reading, lexicon) = (resolver.reading, resolver.lexicon);
    let is_own = lexicon.classes.first_persons.contains(&lower(reading.form(node)));
    let noun = reading.head(node).filter(|_| reading.relation(node) == Relation::NmodPoss && !is_own)?;
    let is_merit = reading.preposition(noun).is_some_and(|word| word == "for");
    let above = std::iter::successors(reading.head(noun).filter(|_| is_merit), |at| reading.head(*at)).take(MERIT_REACH);
    let is_judged = |kind| matches!(kind, Some(EventType::Support | EventType::Accuse));
    let judges = |word: usize| {
        let mut entries = lexicon.triggers(reading.keys()[word].lemma).iter();
        entries.any(|entry| is_judged(lexicon.rules[entry.rule as usize].event))
    };
    let verb = above.into_iter().find(|verb| reading.node(*verb).upos == Upos::Verb && judges(*verb))?;
    let object = reading.dependents(verb, &[Relation::Obj]).find(|object| *object < noun)?;
    let mut parties: Vec<u32> = reading.with_conjuncts(object).into_iter().filter_map(|part| owner(resolver, part)).collect();
    parties.dedup();
    // "backed a plan for its members": a plan has none; "voiced thanks for his help": whom somebody thanks is said elsewhere.
    let node = reading.node(object);
    let is_somebody =
        judges(object) || resolver.is_institution(object) || node.upos == Upos::Propn || matches!(node.xpos, Xpos::Nns | Xpos::Nnps);
    (!parties.is_empty() || is_somebody).then_some(parties)
}

/// "warned Chile of consequences if it joined": who is told what follows from his deeds.
fn addressed_with_condition(resolver: &Resolver, node: usize) -> Option<u32> {
    let (reading, classes) = (resolver.reading, &resolver.lexicon.classes);
    let clause = reading.head(node).filter(|_| reading.relation(node) == Relation::Nsubj)?;
    let mut marks = reading.dependents(clause, &[Relation::Mark]);
    marks.find(|mark| classes.conditions.contains(reading.lemma(*mark)))?;
    let above = std::iter::successors(reading.head(clause), |at| reading.head(*at)).take(4);
    let threat = above.into_iter().find(|verb| classes.threatening.contains(reading.lemma(*verb)))?;
    let objects = reading.dependents(threat, &[Relation::Obj, Relation::Iobj]).filter(|object| *object < node);
    // "threatens to cut aid to Chile if they join": a state is "it".
    let is_plural = reading.form(node).eq_ignore_ascii_case("they");
    let named = |verb: usize| reading.mentions.iter().rev().find(|mention| verb < mention.tokens.start && mention.tokens.end <= node);
    let about = || named(threat).filter(|_| is_plural).map(|mention| mention.actor);
    objects.into_iter().find_map(|object| owner(resolver, object)).or_else(about)
}

/// The polity that a noun phrase names itself.
fn owner(resolver: &Resolver, head: usize) -> Option<u32> {
    resolver.base(head).iter().copied().find_map(|part| resolver.reading.mention_at(part)).map(|mention| mention.actor)
}

/// "the leaders of the European Union say that it": whose officials they are.
fn represented(resolver: &Resolver, head: usize) -> Option<u32> {
    let reading = resolver.reading;
    let is_of = |phrase: &usize| reading.preposition(*phrase).is_some_and(|word| word == "of");
    let of = reading.dependents(head, &[Relation::Nmod]).find(is_of).filter(|phrase| reading.with_conjuncts(*phrase).len() == 1);
    let named = of.filter(|_| resolver.is_institution(head)).and_then(|phrase| reading.mention_at(phrase));
    named.filter(|mention| mention.naming == Naming::Name).map(|mention| mention.actor)
}

/// "our shared commitment" is not the writer's alone.
fn is_of_several(resolver: &Resolver, owner: usize) -> bool {
    let reading = resolver.reading;
    let noun = reading.head(owner).filter(|_| reading.relation(owner) == Relation::NmodPoss);
    let mut words = noun.into_iter().flat_map(|noun| reading.dependents(noun, &[Relation::Amod]));
    words.any(|word| resolver.lexicon.classes.shared.contains(reading.lemma(word)))
}

/// Whether a quotation that began in the sentence is still open at a node: its "we" is not the writer's.
fn is_quoted(resolver: &Resolver, node: usize) -> bool {
    (0..node).filter(|before| is_quotation_mark(resolver.reading.form(*before))).count() % 2 == 1
}
