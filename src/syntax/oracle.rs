//! The dynamic oracle of the arc-eager system (Goldberg & Nivre 2012, 2013): how many gold arcs a move makes unreachable.

use super::state::{Index, MOVES, State};

/// What each of [`MOVES`] costs; `None` where it is not allowed. `gold` holds the head of each token, the root being the
/// index behind the last token.
pub(super) fn costs(state: &State, gold: &[Index]) -> [Option<u32>; MOVES.len()] {
    let (shift, reduce, left, right) = (shift(state, gold), reduce(state, gold), left(state, gold), right(state, gold));
    let mut costs = [Some(shift), Some(reduce), Some(left), Some(right)];
    for (cost, allowed) in costs.iter_mut().zip(state.allowed()) {
        if !allowed {
            *cost = None;
        }
    }
    costs
}

/// A shifted word loses its head and its dependents on the stack.
fn shift(state: &State, gold: &[Index]) -> u32 {
    let Some(head) = next_head(state, gold) else { return 0 };
    dependents_on_stack(state, gold) + u32::from(state.stack().contains(&head))
}

/// A reduced word loses its dependents in the buffer.
fn reduce(state: &State, gold: &[Index]) -> u32 {
    let top = state.stacked(0);
    let unread = (state.buffered(0)..state.root()).filter(|token| gold[*token as usize] == top);
    unread.count() as u32
}

/// A word that gets its head from the left arc loses its gold head behind the next word, and its dependents in the buffer.
fn left(state: &State, gold: &[Index]) -> u32 {
    let Some(head) = gold.get(state.stacked(0) as usize) else { return 0 };
    reduce(state, gold) + u32::from(*head > state.buffered(0))
}

/// A word that gets the top as its head loses another gold head on the stack or in the buffer, and its dependents on the stack.
fn right(state: &State, gold: &[Index]) -> u32 {
    let Some(head) = next_head(state, gold) else { return 0 };
    let lost = head != state.stacked(0) && (head > state.buffered(0) || state.stack().contains(&head));
    dependents_on_stack(state, gold) + u32::from(lost)
}

/// The gold head of the next word; `None` when only the root is left.
fn next_head(state: &State, gold: &[Index]) -> Option<Index> {
    gold.get(state.buffered(0) as usize).copied()
}

fn dependents_on_stack(state: &State, gold: &[Index]) -> u32 {
    let waiting = state.stack().iter().filter(|token| gold[**token as usize] == state.buffered(0) && !state.has_head(**token));
    waiting.count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// How many gold arcs the best way from here to the end still finds, by trying all of them.
    fn reachable(moves: &[usize], gold: &[Index]) -> u32 {
        let state = replay(moves, gold.len());
        if state.is_done() {
            return (0..gold.len()).filter(|token| state.links(*token as Index).head == gold[*token]).count() as u32;
        }
        let next = (0..MOVES.len()).filter(|column| state.allowed()[*column]);
        next.map(|column| reachable(&[moves, &[column]].concat(), gold)).max().expect("a move is allowed")
    }

    fn replay(moves: &[usize], tokens: usize) -> State {
        let mut state = State::default();
        state.start(tokens);
        for column in moves {
            state.apply(MOVES[*column], 0);
        }
        state
    }

    /// Compares the costs with the arcs that exhaustive search loses, in every state that can be reached.
    fn check(moves: &[usize], gold: &[Index], states: &mut u32) {
        let state = replay(moves, gold.len());
        *states += 1;
        for (column, cost) in costs(&state, gold).into_iter().enumerate() {
            let Some(cost) = cost else { continue };
            let then = [moves, &[column]].concat();
            assert_eq!(cost, reachable(moves, gold) - reachable(&then, gold), "{moves:?} then {column}, gold {gold:?}");
            check(&then, gold, states);
        }
    }

    #[test]
    fn costs_are_the_arcs_that_exhaustive_search_loses() {
        let mut states = 0;
        for gold in [&[1, 4, 3, 1][..], &[4, 0, 1, 2], &[3, 3, 3, 4], &[2, 2, 4, 2], &[1, 2, 3], &[1]] {
            check(&[], gold, &mut states);
        }
        assert!(states > 200, "{states} states");
    }
}
