//! What a table has beside entities: institutions that every state has ("Foreign Ministry"), and works that dates were checked against.

use super::compile::layout::{Section, u32_at};
use super::entry::entity_type;
use super::table::{Table, bound};
use crate::analysis::EntityType;
use jiff::civil::Date;

/// A view of an institution that every state has: a pattern, filled with the state found beside it.
#[derive(Clone, Copy)]
pub struct GenericBody<'a> {
    pub(super) table: &'a Table,
    pub(super) row: usize,
}

impl<'a> GenericBody<'a> {
    /// `mfa` in `org:mfa:RUS`.
    pub fn slug(self) -> &'a str {
        self.table.text(self.field(0))
    }

    pub fn entity_type(self) -> EntityType {
        entity_type(u8::try_from(self.field(12)).unwrap_or(u8::MAX))
    }

    /// PLOVER sector.
    pub fn sector(self) -> Option<&'a str> {
        Some(self.table.text(self.field(8))).filter(|sector| !sector.is_empty())
    }

    /// The canonical name of the institution of one state.
    pub fn named(self, state: &str) -> String {
        self.table.text(self.field(4)).replace("{state}", state)
    }

    fn field(self, at: usize) -> u32 {
        u32_at(self.table.section(Section::Generic), self.row * 16 + at)
    }
}

/// A view of a work that names and dates were checked against.
#[derive(Clone, Copy)]
pub struct Source<'a> {
    pub(super) table: &'a Table,
    pub(super) row: usize,
}

impl<'a> Source<'a> {
    pub fn id(self) -> &'a str {
        self.table.text(self.field(0))
    }

    pub fn title(self) -> &'a str {
        self.table.text(self.field(4))
    }

    pub fn licence(self) -> &'a str {
        self.table.text(self.field(8))
    }

    /// Address or package.
    pub fn location(self) -> &'a str {
        self.table.text(self.field(12))
    }

    pub fn used_for(self) -> &'a str {
        self.table.text(self.field(16))
    }

    /// Up to which day it knows the world.
    pub fn edition(self) -> Option<Date> {
        bound(self.field(20), true).day
    }

    fn field(self, at: usize) -> u32 {
        u32_at(self.table.section(Section::Sources), self.row * 24 + at)
    }
}
