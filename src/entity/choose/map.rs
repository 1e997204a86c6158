//! Places of a document in, whether one of them lies near a point out.

use rustc_hash::FxHashMap;

/// Places kept of one cell; more say nothing new.
const KEPT: usize = 8;

/// Cells of two degrees, each with words and the point that they name.
#[derive(Default)]
pub(super) struct Map<'a>(FxHashMap<(i16, i16), Vec<Named<'a>>>);

/// Words and the point that they name: latitude and longitude in degrees.
type Named<'a> = (&'a str, (f32, f32));

impl<'a> Map<'a> {
    /// Kilometres that a search can look around, at least.
    pub(super) const REACH: f32 = 200.0;

    pub(super) fn extend(&mut self, place: Option<(&'a str, (f32, f32))>) {
        let Some((words, at)) = place else { return };
        let kept = self.0.entry(cell(at)).or_default();
        if kept.len() < KEPT {
            kept.push((words, at));
        }
    }

    /// Whether a place that other words name lies within `km` of a point; `km` is at most [`Self::REACH`].
    pub(super) fn is_near(&self, words: &str, at: (f32, f32), km: f32) -> bool {
        let (north, east) = cell(at);
        let cells = (north - 1..=north + 1).flat_map(|n| (east - 1..=east + 1).map(move |e| (n, e)));
        let near = |(other, there): &Named| *other != words && distance(at, *there) <= km;
        cells.filter_map(|c| self.0.get(&c)).flatten().any(near)
    }
}

fn cell(at: (f32, f32)) -> (i16, i16) {
    ((at.0 / 2.0).floor() as i16, (at.1 / 2.0).floor() as i16)
}

/// Kilometres between two points of the earth, latitude and longitude in degrees.
fn distance(a: (f32, f32), b: (f32, f32)) -> f32 {
    const EARTH: f32 = 6371.0;
    let (lat_a, lat_b) = (a.0.to_radians(), b.0.to_radians());
    let (down, along) = ((lat_b - lat_a) / 2.0, (b.1 - a.1).to_radians() / 2.0);
    let chord = down.sin().powi(2) + lat_a.cos() * lat_b.cos() * along.sin().powi(2);
    2.0 * EARTH * chord.sqrt().min(1.0).asin()
}

#[cfg(test)]
mod tests {
    use super::*;

    const BEIRUT: (f32, f32) = (33.89, 35.50);
    const TRIPOLI: (f32, f32) = (34.44, 35.84);
    const PERTH: (f32, f32) = (-31.95, 115.86);

    #[test]
    fn distances_are_those_of_the_earth() {
        assert!((60.0..75.0).contains(&distance(BEIRUT, TRIPOLI)));
        assert!((11_000.0..11_300.0).contains(&distance(BEIRUT, PERTH)));
    }

    #[test]
    fn a_place_is_near_others_and_never_itself() {
        let mut map = Map::default();
        map.extend(Some(("Beirut", BEIRUT)));
        assert!(map.is_near("Tripoli", TRIPOLI, Map::REACH));
        assert!(!map.is_near("Beirut", BEIRUT, Map::REACH));
        assert!(!map.is_near("Perth", PERTH, Map::REACH));
    }
}
