//! A transition component's file `moves` in, its actions in the order of the network's outputs out.

use super::msgpack::{Value, decode};

/// Kinds of moves (numbers below `kinds`) with their labels, in the order of the network's outputs.
///
/// Labels come by kind, the frequent ones first; those added after training count below zero and come last, with all
/// their kinds.
pub fn actions(file: &[u8], kinds: usize) -> Result<Vec<(usize, Box<str>)>, String> {
    let file = decode(file)?;
    let json = file.get("moves").and_then(Value::text).ok_or("no move table")?;
    let table: serde_json::Value = serde_json::from_str(json).map_err(|error| error.to_string())?;
    let table = table.as_object().ok_or("no move table")?;
    if let Some(kind) = table.keys().find(|kind| kind.parse::<usize>().map_or(true, |kind| kind >= kinds)) {
        return Err(format!("moves of kind {kind:?}; known are 0 to {}", kinds - 1));
    }
    let (mut actions, mut added) = (Vec::new(), Vec::new());
    for kind in 0..kinds {
        let labels = table.get(&kind.to_string()).and_then(|labels| labels.as_object());
        let mut by_frequency: Vec<(i64, &str)> = Vec::new();
        for (label, frequency) in labels.into_iter().flatten() {
            by_frequency.push((frequency.as_i64().ok_or("a frequency that is no number")?, label));
        }
        by_frequency.sort_unstable_by(|a, b| b.cmp(a));
        for (frequency, label) in by_frequency {
            if frequency < 0 {
                added.push((frequency, label, kind));
            } else {
                actions.push((kind, label.into()));
            }
        }
    }
    added.sort_unstable_by(|a, b| (b.0, b.1).cmp(&(a.0, a.1)).then(a.2.cmp(&b.2)));
    for at in 0..added.len() {
        let label = added[at].1;
        if added[..at].iter().all(|(_, earlier, _)| *earlier != label) {
            let kinds = added.iter().filter(|(_, other, _)| *other == label).map(|(_, _, kind)| *kind);
            let mut kinds: Vec<usize> = kinds.collect();
            kinds.sort_unstable();
            actions.extend(kinds.into_iter().map(|kind| (kind, label.into())));
        }
    }
    Ok(actions)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(moves: &str) -> Vec<u8> {
        [b"\x81\xa5moves\xd9", &[moves.len() as u8][..], moves.as_bytes()].concat()
    }

    #[test]
    fn frequent_labels_come_first_and_added_ones_last() {
        let moves =
            actions(&file(r#"{"0":{"":1},"1":{"B":2,"A":5,"Z":-1},"2":{"C":5,"A":5,"Z":-2,"Y":-1}}"#), 3).unwrap();
        let moves: Vec<(usize, &str)> = moves.iter().map(|(kind, label)| (*kind, &**label)).collect();
        let added = [(1, "Z"), (2, "Z"), (2, "Y")];
        assert_eq!(moves[..5], [(0, ""), (1, "A"), (1, "B"), (2, "C"), (2, "A")]);
        assert_eq!(moves[5..], added);
    }

    #[test]
    fn moves_of_another_system_are_named() {
        assert!(actions(&file(r#"{"7":{}}"#), 3).unwrap_err().contains("\"7\""));
        assert!(actions(&file("[]"), 3).is_err());
    }
}
