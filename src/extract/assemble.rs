//! From a match to an event or a mention, with its parties, status, date and place.

use jiff::civil::Date;

use super::{
    Event, EventDate, Evidence, Mention, Party, Trigger,
    cameo::cameo,
    capacity::{role, sector},
    claim::source_of_claim,
    contexts::contexts_of,
    frames::Match,
    parties::{Found, Resolver},
    place::place_of,
    reading::Reading,
    row::is_deed_of_a_row,
    sanctions,
    status::{is_act_of_speech, status_of},
    when::date_of,
    when::with_date,
};
use crate::{
    lexicon::{Action, EventType, Lexicon, Mode, Naming, Status},
    syntax::{Relation, Upos, Xpos},
    text::lower,
};

/// One sentence on its way to events.
pub(super) struct Assembly<'a> {
    pub resolver: &'a Resolver<'a>,
    pub published: Option<Date>,
}

impl Assembly<'_> {
    fn lexicon(&self) -> &Lexicon {
        self.resolver.lexicon
    }

    pub fn event(&self, found: &Match) -> Option<Event> {
        let rule = &self.lexicon().rules[found.rule];
        let kind = rule.event?;
        let (status, date) = self.status_and_date(found);
        let (mut actors, mut recipients) = (self.party_list(&found.actors), self.party_list(&found.recipients));
        // A visit has a guest and a host; everything else symmetric has parties only.
        if rule.symmetric && rule.mode != Some(Mode::Visit) {
            actors.append(&mut recipients);
            actors.sort_by_key(|party| party.span.start);
        }
        // Who will refuse refuses now, and who says that it will halt a drill concedes now.
        let declares = kind == EventType::Reject || (kind == EventType::Concede && self.is_said(found));
        let declared = declares && status == Status::Future;
        let put_off = matches!(status, Status::Future | Status::Hypothetical) && !self.is_doubted(found);
        let told_by_modal = found.is_told_by_modal && status != Status::Historical;
        let speech = declared || (is_act_of_speech(kind) && (put_off || told_by_modal));
        let source_of_claim = source_of_claim(self.resolver, found, kind, &actors);
        Some(Event {
            kind,
            mode: rule.mode,
            contexts: contexts_of(self.resolver.reading, self.lexicon(), found),
            cameo: rule.cameo.clone().unwrap_or_else(|| cameo(kind, rule.mode).to_owned()),
            status: if speech { Status::Actual } else { status },
            actors,
            recipients,
            date,
            place: place_of(self.resolver, found, kind, rule.mode),
            source_of_claim,
            evidence: self.evidence(found),
            is_remark: self.is_remark(found),
            mentions: Vec::new(),
            confidence: confidence(found),
            rule: rule.id.clone(),
        })
    }

    pub fn mention(&self, found: &Match) -> Option<Mention> {
        let rule = &self.lexicon().rules[found.rule];
        let (status, date) = self.status_and_date(found);
        let action = rule.action?;
        let mut mention = Mention {
            action,
            status: mention_status(action, status),
            senders: self.party_list(&found.actors),
            targets: self.party_list(&found.recipients),
            entities: Vec::new(),
            measures: sanctions::measures(self.resolver, found),
            legal_basis: Vec::new(),
            programmes: Vec::new(),
            date,
            evidence: self.evidence(found),
            mentions: Vec::new(),
            confidence: confidence(found),
            rule: rule.id.clone(),
        };
        sanctions::complete(&mut mention, found, self.resolver, self.published);
        Some(mention)
    }

    fn status_and_date(&self, found: &Match) -> (Status, Option<EventDate>) {
        let status = status_of(self.resolver.reading, self.lexicon(), found);
        let date = date_of(self.resolver.reading, self.lexicon(), found, status, self.published);
        (with_date(status, date.as_ref().map(|date| date.value), self.published), date)
    }

    /// "This is the first meeting between", "he is the first president to visit": what is remarked on was told before.
    fn is_remark(&self, found: &Match) -> bool {
        let reading = self.resolver.reading;
        let noun = reading.head(found.carrier).filter(|_| is_deed_of_a_row(reading, self.lexicon(), found.carrier));
        // "It is the first time Norway and Chile meet".
        let time = reading.head(found.carrier).filter(|noun| reading.lemma(*noun) == "time");
        if noun.or(time).is_some_and(|noun| reading.dependents(noun, &[Relation::Cop]).next().is_some()) {
            return true;
        }
        let is_predicate = reading.dependents(found.trigger, &[Relation::Cop]).next().is_some();
        let subjects = || reading.dependents(found.trigger, &[Relation::Nsubj]);
        is_predicate && subjects().any(|subject| matches!(&*lower(reading.form(subject)), "this" | "it" | "that"))
    }

    /// "says that it will halt its drills".
    fn is_said(&self, found: &Match) -> bool {
        let reading = self.resolver.reading;
        let above = reading.head(found.carrier).filter(|_| reading.relation(found.carrier) == Relation::Ccomp);
        let says = |verb: usize| self.lexicon().classes.sayings.contains(reading.lemma(verb));
        above.is_some_and(says) && !says(found.trigger)
    }

    /// Whether the speech act itself has an auxiliary or governor that puts it off.
    fn is_doubted(&self, found: &Match) -> bool {
        let reading = self.resolver.reading;
        // "travelled to Oman to seek support": it is sought there.
        let is_purpose = reading.relation(found.carrier) == Relation::Advcl && reading.is_infinitive(found.carrier);
        let bare = is_purpose || reading.dependents(found.carrier, &[Relation::Aux, Relation::Mark]).next().is_none();
        // "considers suing"; but who will continue to call on somebody does so.
        let governor = reading.head(found.carrier).filter(|_| matches!(reading.relation(found.carrier), Relation::Xcomp | Relation::Ccomp));
        let classes = &self.lexicon().classes;
        let is_open =
            |verb: usize| reading.dependents(verb, &[Relation::Aux]).any(|word| classes.open_modals.contains(reading.lemma(word)));
        if governor.is_some_and(|verb| classes.going_on.contains(reading.lemma(verb)) && !is_open(verb)) {
            return false;
        }
        let may_be_governed = reading.relation(found.carrier) == Relation::Xcomp || reading.node(found.carrier).xpos == Xpos::Vbg;
        !bare || governor.is_some_and(|verb| may_be_governed && classes.hypotheticals.contains(reading.lemma(verb)))
    }

    fn party_list(&self, found: &[Found]) -> Vec<Party> {
        found.iter().map(|found| self.party(found)).collect()
    }

    fn party(&self, found: &Found) -> Party {
        let reading = self.resolver.reading;
        let actor = &self.lexicon().actors[found.actor as usize];
        let person = match reading.mention_at(found.tokens.start).map(|mention| mention.naming) {
            Some(Naming::Person(person)) => actor.people.get(usize::from(person)),
            _ => None,
        };
        let role =
            person.and_then(|person| person.office_on(self.published)).map(str::to_owned).or_else(|| role(self.resolver, &found.tokens));
        Party {
            code: actor.code.clone(),
            name: person.map_or_else(|| actor.name.clone(), |person| person.name.clone()),
            kind: actor.kind,
            sector: sector(self.resolver, &found.tokens, actor.kind, role.as_deref()).map(|sector| sector.name().to_owned()),
            role,
            span: reading.span_of(&found.tokens),
        }
    }

    fn evidence(&self, found: &Match) -> Evidence {
        let reading = self.resolver.reading;
        Evidence { sentence: reading.sentence.span, trigger: Trigger { span: reading.span(found.trigger) } }
    }
}

/// Whether a word belongs to the clause that tells the event: below its verb or noun, without crossing into another assertion.
pub(super) fn in_clause(reading: &Reading, node: usize, found: &Match) -> bool {
    let mut at = node;
    while at != found.trigger && at != found.carrier {
        let other = matches!(reading.relation(at), Relation::Advcl | Relation::Parataxis | Relation::AdvclRelcl)
            || (reading.relation(at) == Relation::Conj && reading.node(at).upos == Upos::Verb);
        match reading.head(at) {
            Some(head) if !other => at = head,
            _ => return false,
        }
    }
    true
}

/// What is said of sanctions is said today; that something cannot be done because of sanctions does not deny them.
fn mention_status(action: Action, status: Status) -> Status {
    let put_off = is_talk(action) && matches!(status, Status::Future | Status::Hypothetical);
    let denied = action == Action::Existing && status == Status::Negated;
    if put_off || denied { Status::Actual } else { status }
}

/// Actions that are words about sanctions: said today, whatever becomes of them.
fn is_talk(action: Action) -> bool {
    matches!(action, Action::Threaten | Action::Propose | Action::Oppose | Action::Evade | Action::Existing)
}

/// A rough order, not a probability: more conditions and both sides named give more trust.
fn confidence(found: &Match) -> f32 {
    let sides = f32::from(u8::from(!found.actors.is_empty())) + f32::from(u8::from(!found.recipients.is_empty()));
    let conditions = found.conditions.min(3) as f32;
    0.4 + 0.15 * sides + 0.1 * conditions
}
