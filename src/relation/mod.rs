//! Sentences with mentions in; relations, claims and open tuples with their stance, speaker and time out.

mod abstention;
mod actor;
mod attribution;
mod clause;
mod control;
mod copula;
mod edges;
mod extract;
mod frames;
mod gapping;
mod light;
mod mutual;
mod nouns;
mod predicate;
mod promise;
mod quotes;
mod seats;
mod stance;
mod time;
mod trust;
mod tuples;
mod wording;

pub use abstention::Abstention;
pub use actor::Actor;
pub use extract::{Attitude, Extraction, Relation, StatedClaim, extract};
pub use frames::{Example, Rules};
pub use promise::Promises;
pub use trust::{Means, Reach, Reading, Step};
pub use tuples::{Tuple, tuples};
