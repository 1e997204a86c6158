//! Institutions that every state has ("Foreign Ministry"): a pattern per kind, filled with the state found beside it.

use super::rows::GenericRow;
use crate::analysis::EntityType;

/// A view of one such institution.
#[derive(Clone, Copy, Debug)]
pub struct GenericBody<'a>(pub(super) &'a GenericRow);

impl<'a> GenericBody<'a> {
    /// `mfa` in `org:mfa:RUS`.
    pub fn slug(self) -> &'a str {
        &self.0.slug
    }

    pub fn entity_type(self) -> EntityType {
        self.0.entity_type
    }

    /// PLOVER sector.
    pub fn sector(self) -> Option<&'a str> {
        self.0.sector.as_deref()
    }

    /// The canonical name of the institution of one state.
    pub fn named(self, state: &str) -> String {
        self.0.name.replace("{state}", state)
    }
}
