//! The commented contract in; the tables, views and indexes that it speaks of out.

use crate::error::Result;
use rusqlite::Connection;

/// The commented contract that every database follows.
pub const SCHEMA: &str = include_str!("../../schema.sql");

/// Where, in the contract, the part begins that waits for the first load to end.
const AFTER_LOAD: &str = "-- indexes (made after the first load)";

/// Where the part begins that waits until all is derived.
const LAST: &str = "-- indexes over what is derived (made last of all)";

/// A database that is empty but for the contract, in memory, to compare with.
pub(super) fn expected_schema() -> Result<Connection> {
    let connection = Connection::open_in_memory()?;
    make_tables(&connection)?;
    connection.execute_batch(after_load())?;
    connection.execute_batch(last())?;
    Ok(connection)
}

pub(super) fn make_tables(connection: &Connection) -> Result<()> {
    Ok(connection.execute_batch(&format!("BEGIN; {}\nCOMMIT;", tables_and_views()))?)
}

fn tables_and_views() -> &'static str {
    SCHEMA.split_once(AFTER_LOAD).map_or(SCHEMA, |(before, _)| before)
}

pub(super) fn after_load() -> &'static str {
    let after = SCHEMA.split_once(AFTER_LOAD).map_or("", |(_, after)| after);
    after.split_once(LAST).map_or(after, |(before, _)| before)
}

pub(super) fn last() -> &'static str {
    SCHEMA.split_once(LAST).map_or("", |(_, last)| last)
}
