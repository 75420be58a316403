//! Reads the broker's refusals of a declaration, so that the user is told which argument differs.

use lapin::ErrorKind;

/// A queue or an exchange is not as the settings want it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Mismatch {
    #[error(
        "{object} exists with {argument} = {found}, but the settings want {wanted}: change the setting, or delete the {object} while it is empty and let it be declared anew"
    )]
    Argument { object: String, argument: String, wanted: String, found: String },
    #[error("{object} does not exist: declare it with `attache topology declare`, or set topology = \"declare\"")]
    Missing { object: String },
    #[error("{object} cannot be declared or checked: {reason}")]
    Refused { object: String, reason: String },
}

/// What the broker's answer to declaring `object` says; `None` if it is not about the object (a lost connection, say).
pub fn read_refusal(object: &str, error: &lapin::Error) -> Option<Mismatch> {
    let ErrorKind::ProtocolError(refusal) = error.kind() else { return None };
    let text = refusal.get_message().as_str();
    Some(match refusal.get_id() {
        404 => Mismatch::Missing { object: object.into() },
        406 => read_inequivalent(object, text),
        _ => Mismatch::Refused { object: object.into(), reason: text.into() },
    })
}

/// Reads "inequivalent arg 'x' for queue 'q' in vhost '/': received the value '20' of type 'signedint' but current is none".
fn read_inequivalent(object: &str, text: &str) -> Mismatch {
    let refused = || Mismatch::Refused { object: object.into(), reason: text.into() };
    let Some(argument) = quoted_after(text, "inequivalent arg ") else { return refused() };
    let Some((_, values)) = text.split_once("received ") else { return refused() };
    let (wanted, found) = values.split_once(" but current is ").unwrap_or((values, "unknown"));
    Mismatch::Argument { object: object.into(), argument: argument.into(), wanted: value(wanted), found: value(found) }
}

fn quoted_after<'t>(text: &'t str, marker: &str) -> Option<&'t str> {
    let (_, rest) = text.split_once(marker)?;
    rest.strip_prefix('\'')?.split('\'').next()
}

/// The bare value of "the value '20' of type 'signedint'", "'true'" or "none".
fn value(text: &str) -> String {
    let text = text.strip_prefix("the value ").unwrap_or(text);
    quoted_after(text, "").unwrap_or(text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, argument: &str, wanted: &str, found: &str) {
        let expected =
            Mismatch::Argument { object: "queue articles".into(), argument: argument.into(), wanted: wanted.into(), found: found.into() };
        assert_eq!(read_inequivalent("queue articles", text), expected);
    }

    #[test]
    fn values_of_arguments_are_named() {
        let text = "PRECONDITION_FAILED - inequivalent arg 'x-delivery-limit' for queue 'articles' in vhost '/': received the value '20' of type 'signedint' but current is the value '5' of type 'signedint'";
        check(text, "x-delivery-limit", "20", "5");
    }

    #[test]
    fn an_argument_that_is_absent_reads_none() {
        let text = "PRECONDITION_FAILED - inequivalent arg 'x-message-ttl' for queue 'w' in vhost '/': received none but current is the value '1000' of type 'signedint'";
        check(text, "x-message-ttl", "none", "1000");
    }

    #[test]
    fn properties_have_bare_values() {
        let text =
            "PRECONDITION_FAILED - inequivalent arg 'type' for exchange 'results' in vhost '/': received 'topic' but current is 'direct'";
        check(text, "type", "topic", "direct");
    }

    #[test]
    fn an_unknown_text_is_passed_on() {
        let refused = read_inequivalent("queue q", "PRECONDITION_FAILED - something new");
        assert!(refused.to_string().contains("something new"));
    }
}
