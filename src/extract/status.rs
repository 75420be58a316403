//! Whether an event happened, is planned, supposed, denied or long past (codebook, section 4).

use super::{
    frames::Match,
    reading::Reading,
    row::is_deed_of_a_row,
    signals::{Signals, is_prospective, weigh, weigh_verb},
};
use crate::{
    lexicon::{EventType, Lexicon, Status},
    syntax::{Relation, Upos, Xpos},
};

/// Higher nesting than this is not climbed.
const CLIMB: usize = 6;

/// What the words around the trigger say of its status; actual when they say nothing.
pub(super) fn status_of(reading: &Reading, lexicon: &Lexicon, found: &Match) -> Status {
    let mut seen = Signals::default();
    read_noun(reading, lexicon, found, &mut seen);
    seen.future |= is_awaited_meeting(reading, lexicon, found);
    if is_background(reading, lexicon, found) {
        return seen.status();
    }
    read_carrier(reading, lexicon, found, &mut seen);
    seen.past = was_before(reading, lexicon, found) || is_of_old_measure(reading, lexicon, found);
    let before = (seen.negated, seen.future);
    climb(reading, lexicon, found, &mut seen);
    if took_place(reading, lexicon, found) {
        seen.negated = before.0;
        // "The talks will focus on trade": they are still to be held.
        if lexicon.rules[found.rule].event != Some(EventType::Consult) {
            seen.future = before.1;
        }
    }
    seen.negated &= !found.is_refusal;
    seen.status()
}

/// "will sign, following talks with": what the clause says of its own act says nothing of what went before.
fn is_background(reading: &Reading, lexicon: &Lexicon, found: &Match) -> bool {
    let mut node = found.trigger;
    for _ in 0..CLIMB {
        if node == found.carrier {
            break;
        }
        if reading.preposition(node).is_some_and(|word| lexicon.classes.is_given_behind(&word)) {
            return true;
        }
        let Some(head) = reading.head(node) else { break };
        node = head;
    }
    false
}

/// "ahead of a summit", "prior to the drills": what is still to come.
pub(super) fn is_awaited_meeting(reading: &Reading, lexicon: &Lexicon, found: &Match) -> bool {
    let is_held = matches!(lexicon.rules[found.rule].event, Some(EventType::Consult | EventType::Cooperate));
    let is_before = |word: String| matches!(&*word, "ahead of" | "prior to" | "in advance of");
    let is_ahead = |head: usize| reading.form(head).eq_ignore_ascii_case("ahead");
    let is_noun = reading.node(found.trigger).upos != Upos::Verb;
    is_held && is_noun && (reading.preposition(found.trigger).is_some_and(is_before) || reading.head(found.trigger).is_some_and(is_ahead))
}

/// "the talks have not produced a deal", "our support will not waver": what a meeting did not do does not make it one that was not held.
fn took_place(reading: &Reading, lexicon: &Lexicon, found: &Match) -> bool {
    let subject = found.trigger != found.carrier && reading.first_conjunct_relation(found.trigger) == Relation::Nsubj;
    let lemma = reading.lemma(found.carrier);
    let occurs = lexicon.classes.aspectuals.contains(lemma) || lexicon.classes.occurring.contains(lemma);
    subject && !occurs && matches!(lexicon.rules[found.rule].event, Some(EventType::Consult | EventType::Support))
}

/// "had hosted earlier rounds of talks": done before what the text tells, and its object says so too.
fn was_before(reading: &Reading, lexicon: &Lexicon, found: &Match) -> bool {
    let pluperfect = reading.dependents(found.carrier, &[Relation::Aux]).any(|word| reading.form(word).eq_ignore_ascii_case("had"));
    let is_past = |node: usize| reading.dependents(node, &[Relation::Amod]).any(|word| lexicon.classes.pasts.contains(reading.lemma(word)));
    pluperfect && reading.dependents(found.carrier, &[Relation::Obj]).chain([found.trigger]).any(is_past)
}

/// "lifts the sanctions that it imposed": what is lifted was imposed before.
fn is_of_old_measure(reading: &Reading, lexicon: &Lexicon, found: &Match) -> bool {
    let describes = matches!(reading.relation(found.carrier), Relation::Acl | Relation::AclRelcl);
    let noun = reading.head(found.carrier).filter(|_| describes && lexicon.rules[found.rule].action.is_some());
    noun.and_then(|noun| reading.governor(noun)).is_some_and(|verb| lexicon.classes.releasing.contains(reading.lemma(verb)))
}

/// "no talks", "possible sanctions", "planned visit", and nouns that govern the trigger: "a proposal for talks".
fn read_noun(reading: &Reading, lexicon: &Lexicon, found: &Match, seen: &mut Signals) {
    if found.trigger == found.carrier && reading.node(found.trigger).upos == Upos::Verb {
        return;
    }
    let mut node = found.trigger;
    for _ in 0..CLIMB {
        for &child in reading.children(node) {
            if matches!(reading.relation(child), Relation::Det | Relation::Amod | Relation::Compound | Relation::Advmod) {
                weigh(lexicon, reading.lemma(child), seen);
            }
        }
        let Some(head) = reading.head(node) else { return };
        if head == found.carrier || !matches!(reading.node(head).upos, Upos::Noun | Upos::Propn) {
            return;
        }
        // "the failure of the talks": they were held.
        let is_outcome =
            lexicon.classes.outcomes.contains(reading.lemma(head)) && reading.preposition(node).is_some_and(|word| word == "of");
        if !is_outcome && !is_ongoing(reading, lexicon, head) {
            weigh(lexicon, reading.lemma(head), seen);
        }
        node = head;
    }
}

/// "their ongoing efforts", "the continued support": what goes on is not left open.
fn is_ongoing(reading: &Reading, lexicon: &Lexicon, noun: usize) -> bool {
    reading.dependents(noun, &[Relation::Amod]).any(|word| lexicon.classes.ongoing.contains(reading.lemma(word)))
}

/// "considers sanctions", "prepares talks": the verb that carries a noun says whether it happens.
fn read_carrier(reading: &Reading, lexicon: &Lexicon, found: &Match, seen: &mut Signals) {
    let is_argument = matches!(reading.first_conjunct_relation(found.trigger), Relation::Obj | Relation::NsubjPass);
    let kind = lexicon.rules[found.rule].event;
    if found.trigger == found.carrier && kind == Some(EventType::Consult) {
        // "schedules talks" is itself what tells the talks.
        seen.future |= lexicon.classes.futures.contains(reading.lemma(found.trigger)) || is_prospective(reading, lexicon, found.trigger);
    }
    let agrees = kind == Some(EventType::Agree);
    // "discussed their upcoming visit", "reviewed the ongoing support": the noun's own words say more than what is said of it.
    let is_settled = seen.future || is_ongoing(reading, lexicon, found.trigger);
    if found.trigger != found.carrier && is_argument && !agrees && !found.is_told_by_carrier && !is_settled {
        weigh_verb(reading, lexicon, found.carrier, seen);
    }
}

/// Reads the auxiliaries of the verb that carries the event, then those that govern it.
fn climb(reading: &Reading, lexicon: &Lexicon, found: &Match, seen: &mut Signals) {
    let classes = &lexicon.classes;
    // "will impose costs on Belarus": who says what he will do threatens now.
    let threatens = lexicon.rules[found.rule].event == Some(EventType::Threaten) && !classes.sayings.contains(reading.lemma(found.carrier));
    let mut node = found.carrier;
    for _ in 0..CLIMB {
        for &child in reading.children(node) {
            let lemma = reading.lemma(child);
            match reading.relation(child) {
                Relation::Aux if is_reported_future(reading, lexicon, node, child) => seen.future = true,
                Relation::Aux if classes.open_modals.contains(lemma) => seen.hypothetical = true,
                Relation::Aux if classes.future_modals.contains(lemma) => seen.future |= !(threatens && node == found.carrier),
                Relation::Advmod | Relation::Mark if reading.is_when_to_come(node, child) => seen.future = true,
                Relation::Advmod | Relation::Det | Relation::Cc => weigh(lexicon, lemma, seen),
                Relation::Mark if classes.conditions.contains(lemma) || reading.is_awaited(node, child) => seen.hypothetical = true,
                Relation::Mark if classes.negations.contains(lemma) => seen.negated = true,
                Relation::Nsubj | Relation::NsubjPass | Relation::Obj => deny(reading, lexicon, child, seen),
                _ => {}
            }
        }
        let is_deed = is_deed_of_a_row(reading, lexicon, node);
        seen.future |= is_to(reading, node) && !is_deed;
        let Some(head) = reading.head(node) else { return };
        // "has yet to sign"
        let is_yet = reading.dependents(head, &[Relation::Advmod]).any(|word| reading.lemma(word) == "yet");
        seen.negated |= is_yet && reading.lemma(head) == "have" && reading.relation(node) == Relation::Xcomp;
        let governed = match reading.relation(node) {
            Relation::Xcomp | Relation::Csubj | Relation::Acl => true,
            // What is said is not made doubtful by who says it, but by the verbs that plan or doubt.
            Relation::Ccomp => !classes.sayings.contains(reading.lemma(head)),
            Relation::Conj => shares_auxiliaries(reading, node),
            Relation::Advcl if is_deed => true,
            Relation::Advcl if is_said_at_meeting(reading, lexicon, node) => false,
            Relation::Advcl if is_purpose(reading, node) && classes.causatives.contains(reading.lemma(head)) => true,
            // "is expected to send troops, helping Mali": it happens as the rest does.
            Relation::Advcl if reading.is_bare_gerund(node) => !lexicon.rules[found.rule].absorbs,
            Relation::Advcl if is_purpose(reading, node) => {
                seen.future = true;
                false
            }
            _ => false,
        };
        if !governed || is_wish_to_say(reading, lexicon, node, head) {
            return;
        }
        if reading.relation(node) == Relation::Acl && reading.dependents(node, &[Relation::Mark]).next().is_none() {
            // "passes a bill tightening sanctions"
            seen.hypothetical |= classes.drafts.contains(reading.lemma(head));
            return;
        }
        // "Speaking in Oslo, he calls for talks": what stands in front is not what is called for.
        let is_in_front = reading.relation(node) == Relation::Advcl && node < head;
        if reading.relation(node) != Relation::Conj && !is_in_front && !is_ongoing(reading, lexicon, head) {
            weigh_verb(reading, lexicon, head, seen);
            seen.hypothetical |= is_wish_of_another(reading, lexicon, found, head);
            seen.future |= is_still_to_do(lexicon, found) && classes.decisions.contains(reading.lemma(head));
        }
        node = head;
    }
}

/// "Iran's leader vows to end U.S. sanctions": what somebody else than who would do it means to bring about is open.
fn is_wish_of_another(reading: &Reading, lexicon: &Lexicon, found: &Match, verb: usize) -> bool {
    let one_sided = !lexicon.rules[found.rule].symmetric && !found.actors.is_empty();
    let plans = lexicon.classes.futures.contains(reading.lemma(verb)) && !reading.is_passive(verb);
    let planners = reading.subjects(verb).into_iter().filter(|_| one_sided && plans);
    let others = planners.filter_map(|subject| reading.mention_at(subject)).map(|mention| mention.actor);
    let code = |actor: u32| &lexicon.actors[actor as usize].code;
    let mut others = others.filter(|actor| found.recipients.iter().any(|party| code(party.actor) == code(*actor)));
    others.next().is_some_and(|other| found.actors.iter().all(|party| code(party.actor) != code(other)))
}

/// "would like to thank": who says so thanks.
fn is_wish_to_say(reading: &Reading, lexicon: &Lexicon, verb: usize, wish: usize) -> bool {
    lexicon.classes.wishes.contains(reading.lemma(wish))
        && reading.relation(verb) == Relation::Xcomp
        && lexicon.classes.utterances.contains(reading.lemma(verb))
}

/// Who decides to punish has punished; who decides to help or to meet has yet to do it.
fn is_still_to_do(lexicon: &Lexicon, found: &Match) -> bool {
    matches!(lexicon.rules[found.rule].event, Some(EventType::Aid | EventType::Consult | EventType::Cooperate))
}

/// "said that it would close": the future of what was said in the past.
fn is_reported_future(reading: &Reading, lexicon: &Lexicon, verb: usize, auxiliary: usize) -> bool {
    let said =
        |head: usize| lexicon.classes.sayings.contains(reading.lemma(head)) && matches!(reading.node(head).xpos, Xpos::Vbd | Xpos::Vbn);
    let conditional = reading
        .dependents(verb, &[Relation::Advcl])
        .any(|clause| reading.dependents(clause, &[Relation::Mark]).any(|mark| lexicon.classes.conditions.contains(reading.lemma(mark))));
    reading.form(auxiliary).eq_ignore_ascii_case("would")
        && reading.relation(verb) == Relation::Ccomp
        && reading.head(verb).is_some_and(said)
        && !conditional
}

/// "is to meet on Tuesday", and the headline "Peru to host talks".
fn is_to(reading: &Reading, verb: usize) -> bool {
    let be = reading.dependents(verb, &[Relation::Aux, Relation::Cop]).any(|word| reading.lemma(word) == "be");
    let has_subject = reading.dependents(verb, &[Relation::Nsubj, Relation::NsubjPass]).next().is_some();
    let is_headline = reading.head(verb).is_none() && has_subject && reading.dependents(verb, &[Relation::Mark]).count() == 1;
    // "are to be expelled"
    let auxiliary = reading.dependents(verb, &[Relation::AuxPass]).next();
    let infinitive = auxiliary.filter(|_| reading.node(verb).xpos == Xpos::Vbn).unwrap_or(verb);
    (be || is_headline) && reading.node(infinitive).xpos == Xpos::Vb && is_purpose(reading, verb)
}

/// "no country supports".
fn deny(reading: &Reading, lexicon: &Lexicon, phrase: usize, seen: &mut Signals) {
    let negated = reading.dependents(phrase, &[Relation::Det]).any(|det| lexicon.classes.negations.contains(reading.lemma(det)));
    seen.negated |= negated;
}

/// "will meet and sign": the second verb has the auxiliaries of the first, unless it says something new: "has not changed, and stressed that".
fn shares_auxiliaries(reading: &Reading, verb: usize) -> bool {
    let joint = reading.dependents(verb, &[Relation::Cc]).next();
    let is_apart = joint.is_some_and(|joint| joint > 0 && reading.form(joint - 1) == ",");
    let says = is_apart && reading.dependents(verb, &[Relation::Ccomp]).next().is_some();
    !says && reading.dependents(verb, &[Relation::Aux, Relation::Nsubj, Relation::NsubjPass]).next().is_none()
}

/// "spoke with the minister to congratulate her": what somebody met or called to say has been said.
pub(super) fn is_said_at_meeting(reading: &Reading, lexicon: &Lexicon, verb: usize) -> bool {
    let Some(meeting) = reading.head(verb).filter(|_| reading.relation(verb) == Relation::Advcl) else { return false };
    let classes = &lexicon.classes;
    let is_told = reading.node(meeting).xpos.is_finite_verb() && classes.talking.contains(reading.lemma(meeting));
    is_told && is_purpose(reading, verb) && classes.utterances.contains(reading.lemma(verb))
}

/// "travelled to Geneva to meet": not said to have happened.
fn is_purpose(reading: &Reading, verb: usize) -> bool {
    reading.dependents(verb, &[Relation::Mark]).any(|mark| reading.form(mark).eq_ignore_ascii_case("to"))
}

/// The types whose status is that of the speech act itself: words about the future said today are said today.
pub(super) fn is_act_of_speech(kind: EventType) -> bool {
    matches!(kind, EventType::Reject | EventType::Threaten | EventType::Request | EventType::Accuse)
}
