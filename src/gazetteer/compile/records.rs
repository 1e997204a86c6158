//! Rows in, their fixed records out.

use super::super::rows::{Bound, EntityRow, Gender, GenericRow, MemberRow, RoleRow, SourceRow, Term};
use super::strings::Strings;
use super::{Compiler, TooLarge, layout};
use crate::analysis::EntityType;
use layout::entity;

impl Compiler {
    pub(super) fn record(&mut self, row: &EntityRow) -> Result<(), TooLarge> {
        let mut record = [0; entity::SIZE];
        let mut put = |at: usize, bytes: &[u8]| record[at..at + bytes.len()].copy_from_slice(bytes);
        put(entity::ID, &self.strings.add(&row.id)?.to_le_bytes());
        let common = [
            (entity::COUNTRY, &row.country),
            (entity::SECTOR, &row.sector),
            (entity::STANDS_FOR, &row.stands_for),
            (entity::ADMIN, &row.admin),
        ];
        for (at, text) in common {
            put(at, &self.strings.add_common(text.as_deref().unwrap_or_default())?.to_le_bytes());
        }
        for (at, text) in [(entity::WIKIDATA, &row.wikidata), (entity::GEONAMES, &row.geonames)] {
            put(at, &self.strings.add(text.as_deref().unwrap_or_default())?.to_le_bytes());
        }
        put(entity::LATITUDE, &row.latitude.unwrap_or(f32::NAN).to_le_bytes());
        put(entity::LONGITUDE, &row.longitude.unwrap_or(f32::NAN).to_le_bytes());
        put(entity::POPULATION, &row.population.unwrap_or(u64::MAX).to_le_bytes());
        put(entity::PRIOR, &row.prior.unwrap_or(u16::MAX).to_le_bytes());
        put(entity::TYPE, &[type_code(row.entity_type), gender_code(row.gender)]);
        for role in &row.roles {
            add_role(&mut self.roles, &mut self.strings, role)?;
        }
        for member in &row.members {
            add_member(&mut self.members, &mut self.strings, member)?;
        }
        put(entity::ALIASES, &self.names.aliases()?.to_le_bytes());
        put(entity::ROLES, &rows(&self.roles, layout::Section::Roles)?.to_le_bytes());
        put(entity::MEMBERS, &rows(&self.members, layout::Section::Members)?.to_le_bytes());
        put(entity::VALID, &term_code(row.valid));
        self.entities.extend_from_slice(&record);
        Ok(())
    }

    /// The id of a row that was added.
    pub(super) fn id(&self, row: u32) -> String {
        let record = &self.entities[row as usize * entity::SIZE..][..4];
        self.strings.read(u32::from_le_bytes([record[0], record[1], record[2], record[3]])).to_owned()
    }

    pub(super) fn generic_record(&mut self, row: &GenericRow) -> Result<(), TooLarge> {
        let texts = [&row.slug, &row.name, row.sector.as_ref().unwrap_or(&String::new())].map(|t| self.strings.add(t));
        for text in texts {
            self.generic.extend(text?.to_le_bytes());
        }
        self.generic.extend(u32::from(type_code(row.entity_type)).to_le_bytes());
        Ok(())
    }

    pub(super) fn source_record(&mut self, row: &SourceRow) -> Result<(), TooLarge> {
        let texts = [&row.id, &row.title, &row.licence, &row.location, &row.used_for].map(|t| self.strings.add(t));
        for text in texts {
            self.sources.extend(text?.to_le_bytes());
        }
        self.sources
            .extend(date_code(Bound { day: Some(row.edition), sure: Some(row.edition), checked: true }).to_le_bytes());
        Ok(())
    }
}

fn rows(bytes: &[u8], section: layout::Section) -> Result<u32, TooLarge> {
    u32::try_from(bytes.len() / section.record()).map_err(|_| TooLarge("offices or members"))
}

fn add_role(roles: &mut Vec<u8>, strings: &mut Strings, role: &RoleRow) -> Result<(), TooLarge> {
    for text in [&role.title, &role.of] {
        roles.extend(strings.add_common(text)?.to_le_bytes());
    }
    roles.extend(strings.add(&role.text)?.to_le_bytes());
    roles.extend(strings.add_common(&role.sources.join(" "))?.to_le_bytes());
    roles.extend(term_code(role.term));
    Ok(())
}

fn add_member(members: &mut Vec<u8>, strings: &mut Strings, member: &MemberRow) -> Result<(), TooLarge> {
    members.extend(strings.add_common(&member.id)?.to_le_bytes());
    members.extend(term_code(member.term));
    Ok(())
}

/// Both ends, four bytes each.
fn term_code(term: Option<Term>) -> [u8; 8] {
    let (start, end) = term.map_or((layout::NO_TERM, 0), |term| (date_code(term.start), date_code(term.end)));
    let mut code = [0; 8];
    code[..4].copy_from_slice(&start.to_le_bytes());
    code[4..].copy_from_slice(&end.to_le_bytes());
    code
}

/// Bit 0: checked; then five bits of the day, four of the month, the year; 0 for what is not written.
fn date_code(bound: Bound) -> u32 {
    let code = |(year, month, day)| {
        (u32::from(i16::cast_unsigned(year)) << 10)
            | (u32::from(i8::cast_unsigned(month)) << 6)
            | (u32::from(i8::cast_unsigned(day)) << 1)
    };
    bound.parts().map_or(0, code) | u32::from(bound.checked)
}

fn type_code(entity_type: EntityType) -> u8 {
    match entity_type {
        EntityType::Person => 0,
        EntityType::Place => 1,
        EntityType::Org => 2,
        EntityType::Facility => 3,
        EntityType::Event => 4,
        EntityType::Other => 5,
    }
}

fn gender_code(gender: Option<Gender>) -> u8 {
    match gender {
        None => 0,
        Some(Gender::Male) => 1,
        Some(Gender::Female) => 2,
    }
}
