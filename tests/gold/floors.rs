//! The floors: numbers that a change may raise and never lower (`floors.toml`).

use std::{collections::BTreeMap, fs, path::PathBuf};

use super::{
    files::in_project,
    scores::{Measured, is_better_low},
};

const HEAD: &str = "\
# The least that the program must score on each labelled file; for false alarms the most. They may only rise (false alarms: fall):
#     cargo run --release --example score -- --raise
# writes today's scores here wherever they are better. A floor is never lowered to let a change pass.
";

/// A number of fewer things than this has no floor: one passage more or less would decide.
const FEWEST: usize = 10;

/// A rise worth telling of; less than one passage in the smallest file.
const NOTABLE: f64 = 0.005;

/// By file and number.
#[derive(Debug, Default, PartialEq)]
pub struct Floors(BTreeMap<String, BTreeMap<String, f64>>);

/// What a measured number says of its floor.
#[derive(Debug, PartialEq)]
enum Verdict {
    Holds,
    /// It could be this much better.
    CouldRise(f64),
    /// It is this much worse, or has no floor.
    Fell(f64),
    Missing,
}

impl Floors {
    pub fn path() -> PathBuf {
        in_project("tests/gold/floors.toml")
    }

    pub fn read() -> Self {
        let text = fs::read_to_string(Self::path()).expect("tests/gold/floors.toml");
        Self::parse(&text)
    }

    pub fn parse(text: &str) -> Self {
        Self(toml::from_str(text).unwrap_or_else(|error| panic!("tests/gold/floors.toml: {error}")))
    }

    fn verdict(&self, file: &str, measured: &Measured) -> Verdict {
        let Some(floor) = self.0.get(file).and_then(|numbers| numbers.get(measured.name)) else { return Verdict::Missing };
        let better = if is_better_low(measured.name) { floor - measured.value } else { measured.value - floor };
        // Floors are rounded to the safe side, so no tolerance is needed for what they were made from.
        match better {
            better if better < 0.0 => Verdict::Fell(-better),
            better if better >= NOTABLE => Verdict::CouldRise(better),
            _ => Verdict::Holds,
        }
    }

    /// What the numbers of a file say of its floors: lines for those that are broken, and lines for those that could rise.
    pub fn judge(&self, file: &str, numbers: &[Measured]) -> (Vec<String>, Vec<String>) {
        let (mut broken, mut better) = (Vec::new(), Vec::new());
        for measured in numbers.iter().filter(|measured| measured.of >= FEWEST) {
            let what = format!("{file}: {} is {:.3}", measured.name, measured.value);
            match self.verdict(file, measured) {
                Verdict::Holds => {}
                Verdict::CouldRise(by) => better.push(format!("{what}: its floor could rise by {by:.3}")),
                Verdict::Fell(by) => broken.push(format!("{what}, {by:.3} worse than its floor")),
                Verdict::Missing => broken.push(format!("{what} and has no floor in tests/gold/floors.toml")),
            }
        }
        (broken, better)
    }

    /// Takes over what is better than before, rounded to the safe side.
    pub fn raise(&mut self, file: &str, numbers: &[Measured]) {
        let floors = self.0.entry(file.to_owned()).or_default();
        for measured in numbers.iter().filter(|measured| measured.of >= FEWEST) {
            let (low, value) = (is_better_low(measured.name), measured.value);
            let safe = if low { (value * 1000.0).ceil() / 1000.0 } else { (value * 1000.0).floor() / 1000.0 };
            let floor = floors.entry(measured.name.to_owned()).or_insert(safe);
            *floor = if low { floor.min(safe) } else { floor.max(safe) };
        }
    }

    pub fn write(&self) -> String {
        let mut text = HEAD.to_owned();
        for (file, numbers) in &self.0 {
            text.push_str(&format!("\n[\"{file}\"]\n"));
            for (name, value) in numbers {
                text.push_str(&format!("{name} = {value:.3}\n"));
            }
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(name: &'static str, value: f64) -> Measured {
        Measured { name, value, of: FEWEST }
    }

    #[test]
    fn a_floor_holds_or_is_broken_or_could_rise() {
        let floors = Floors::parse("[f]\ntype_f1 = 0.5\nfalse_alarms_per_100 = 4.0");
        assert_eq!(floors.verdict("f", &of("type_f1", 0.5)), Verdict::Holds);
        assert_eq!(floors.verdict("f", &of("type_f1", 0.75)), Verdict::CouldRise(0.25));
        assert_eq!(floors.verdict("f", &of("type_f1", 0.25)), Verdict::Fell(0.25));
        assert_eq!(floors.verdict("f", &of("false_alarms_per_100", 5.0)), Verdict::Fell(1.0));
        assert_eq!(floors.verdict("f", &of("false_alarms_per_100", 3.0)), Verdict::CouldRise(1.0));
        assert_eq!(floors.verdict("g", &of("type_f1", 0.5)), Verdict::Missing);
    }

    #[test]
    fn floors_only_rise() {
        let mut floors = Floors::parse("[f]\ntype_f1 = 0.5\nfalse_alarms_per_100 = 4.0");
        floors.raise("f", &[of("type_f1", 0.2), of("false_alarms_per_100", 9.0)]);
        assert_eq!(floors, Floors::parse("[f]\ntype_f1 = 0.5\nfalse_alarms_per_100 = 4.0"));
        floors.raise("f", &[of("type_f1", 2.0 / 3.0), of("false_alarms_per_100", 4.0 / 3.0)]);
        assert_eq!(floors, Floors::parse("[f]\ntype_f1 = 0.666\nfalse_alarms_per_100 = 1.334"));
        assert_eq!(floors.verdict("f", &of("type_f1", 2.0 / 3.0)), Verdict::Holds);
    }

    #[test]
    fn numbers_of_few_things_have_no_floor() {
        let few = Measured { name: "type_f1", value: 0.1, of: FEWEST - 1 };
        let mut floors = Floors::default();
        floors.raise("f", std::slice::from_ref(&few));
        assert_eq!(floors.verdict("f", &few), Verdict::Missing);
        assert_eq!(floors.judge("f", &[few]), (Vec::new(), Vec::new()));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut floors = Floors::default();
        floors.raise("own sentences", &[of("type_f1", 0.5)]);
        assert_eq!(Floors::parse(&floors.write()), floors);
    }
}
