//! What is said at a meeting is said on its day: "met on Tuesday … They condemned the launch".

use super::{DateValue, Event, EventDate};
use crate::{
    lexicon::{EventType, Status},
    text::Span,
};

/// The dated meeting that was told last.
#[derive(Debug, Default)]
pub(super) struct Occasion {
    meeting: Option<Meeting>,
}

#[derive(Debug)]
struct Meeting {
    date: EventDate,
    codes: Vec<String>,
    /// How many sentences with events may still follow that tell of it.
    reach: usize,
}

/// What is said at a meeting is told within this many sentences.
const REACH: usize = 8;

impl Occasion {
    /// Gives the acts of speech of one sentence the day of the meeting at which they were made; `dates` are those of the sentence.
    pub fn date(&mut self, events: &mut [Event], dates: &[Span]) {
        for event in events.iter_mut() {
            if event.kind == EventType::Consult {
                self.meet(event);
            } else if let Some(meeting) = self.meeting.as_ref().filter(|meeting| meeting.includes(event, dates)) {
                event.date = Some(meeting.date.clone());
            }
        }
        self.meeting =
            self.meeting.take().filter(|meeting| meeting.reach > 0).map(|meeting| Meeting { reach: meeting.reach - 1, ..meeting });
    }

    /// A meeting of others, or on another day, is another occasion; what tells no day may be the same one.
    fn meet(&mut self, event: &Event) {
        let codes = codes(event);
        let same = self.meeting.as_ref().is_some_and(|meeting| codes.iter().all(|code| meeting.codes.contains(code)));
        let day = event.date.clone().filter(|date| matches!(date.value, DateValue::Day(_)) && event.status == Status::Actual);
        if day.is_some() || !same {
            self.meeting = day.map(|date| Meeting { date, codes, reach: REACH });
        }
    }
}

impl Meeting {
    fn includes(&self, event: &Event, dates: &[Span]) -> bool {
        let said = matches!(
            event.kind,
            EventType::Agree | EventType::Support | EventType::Accuse | EventType::Request | EventType::Reject | EventType::Threaten
        );
        let by_them = !event.actors.is_empty() && event.actors.iter().all(|actor| self.codes.contains(&actor.code));
        let dated_otherwise = dates.iter().any(|date| *date != self.date.span);
        said && by_them && event.status == Status::Actual && event.date.is_none() && !dated_otherwise
    }
}

fn codes(event: &Event) -> Vec<String> {
    event.actors.iter().chain(&event.recipients).map(|party| party.code.clone()).collect()
}
