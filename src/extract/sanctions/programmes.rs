//! Which programmes a mention speaks of: by name, by the acts that they rest on, or by sender, target and date.

use jiff::civil::Date;

use super::{
    super::{Mention, Party},
    grounds::Grounds,
};
use crate::lexicon::{Lexicon, Programme};

/// The ids of the programmes, in the order of the lexicon.
pub(super) fn link(mention: &Mention, grounds: &Grounds, lexicon: &Lexicon, day: Option<Date>) -> Vec<String> {
    let all = &lexicon.programmes.all;
    let fits = |programme: &&Programme| is_of(programme, &mention.senders) && is_about(programme, &mention.targets);
    let told: Vec<&Programme> = all.iter().filter(fits).filter(|programme| grounds.tells(programme)).collect();
    let linked = if told.is_empty() { by_parties(mention, all, day) } else { told };
    linked.into_iter().map(|programme| programme.id.clone()).collect()
}

/// The programme that is meant by the sender's sanctions against the target where nothing says which: of several the newest that
/// was in force.
fn by_parties<'p>(mention: &Mention, all: &'p [Programme], day: Option<Date>) -> Vec<&'p Programme> {
    let ([sender], [target]) = (mention.senders.as_slice(), mention.targets.as_slice()) else { return Vec::new() };
    let in_force = |programme: &&Programme| day.is_none_or(|day| programme.from <= day && day <= programme.to);
    let of_both = all.iter().filter(|programme| programme.issuer == sender.code && programme.targets.contains(&target.code));
    let meant: Vec<&Programme> = of_both.filter(|programme| programme.main).filter(in_force).collect();
    // Without a date, one of several would be a guess.
    if day.is_none() && meant.len() > 1 {
        return Vec::new();
    }
    meant.into_iter().max_by_key(|programme| programme.from).into_iter().collect()
}

fn is_of(programme: &Programme, senders: &[Party]) -> bool {
    senders.is_empty() || senders.iter().any(|sender| sender.code == programme.issuer)
}

fn is_about(programme: &Programme, targets: &[Party]) -> bool {
    let about = targets.iter().any(|target| programme.targets.contains(&target.code));
    targets.is_empty() || programme.targets.is_empty() || about
}
