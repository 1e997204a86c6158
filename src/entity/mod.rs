//! Names in the text become mentions of entities: matching, choosing, states beside institutions, pronouns.

mod choose;
mod coreference;
mod described;
mod discover;
mod history;
mod located;
mod nominals;
mod registry;
mod sieve;
mod stand_ins;
pub mod subject;

pub use choose::{Choice, Reason, Score, names};
pub use coreference::resolve_references;
pub use discover::{FoundBy, discover, is_unexplained};
pub use located::Located;
pub use registry::{Entity, EntityIx, Mention, Registry};
pub use sieve::Sieve;
pub use stand_ins::stand_ins;

/// "US $200", "HK$5": capitals before the sign of a currency belong to the sum; "gave Nepal $5" does not.
fn is_sum(name: &str, behind: &str) -> bool {
    let short = name.chars().all(|c| c.is_uppercase() || c == '.');
    short && behind.trim_start_matches(' ').starts_with(['$', '€', '£', '¥'])
}
