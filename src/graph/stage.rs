//! Rows of a first load in, as they come; the same rows in order of their keys, in their tables, out.
//!
//! Ids are hashes: put into its table at once, each row of a large load would go to a page of its own, somewhere. So a new draft
//! takes rows at the end of plain tables, and sorts them once.

use crate::error::Result;
use rusqlite::{Connection, OptionalExtension, Transaction};

/// A table that waits, with the order of its rows, and what is known of them before anything is derived.
struct Staged {
    table: &'static str,
    key: &'static str,
    columns: &'static str,
}

const fn all_columns(table: &'static str, key: &'static str) -> Staged {
    Staged { table, key, columns: "*" }
}

const STAGED: [Staged; 5] = [
    all_columns("sentence", "id"),
    all_columns("mention", "document, start, \"end\", as_read"),
    Staged {
        table: "relation",
        key: "id",
        columns: "id, subject, predicate, typed, class, object, polarity, symmetric",
    },
    all_columns("evidence", "id"),
    all_columns("claim", "id"),
];

/// For a draft that holds nothing yet.
pub(super) fn begin(connection: &Connection) -> Result<()> {
    for Staged { table, columns, .. } in &STAGED {
        connection.execute_batch(&format!("CREATE TABLE staged_{table} AS SELECT {columns} FROM {table} LIMIT 0"))?;
    }
    Ok(())
}

/// Whether rows go to the staged tables: also where a run was cut short.
pub(super) fn is_open(connection: &Connection) -> Result<bool> {
    let found = connection.query_row("SELECT 1 FROM sqlite_schema WHERE name = 'staged_claim'", [], |_| Ok(()));
    Ok(found.optional()?.is_some())
}

/// Puts all rows where they belong. Of two with one key the first stays, as it does without a stage.
pub(super) fn close(transaction: &Transaction) -> Result<()> {
    for Staged { table, key, columns } in &STAGED {
        let names = if *columns == "*" { String::new() } else { format!("({columns})") };
        transaction.execute_batch(&format!(
            "INSERT INTO {table} {names} SELECT {columns} FROM staged_{table} WHERE true ORDER BY {key}, rowid ON CONFLICT DO NOTHING;
             DROP TABLE staged_{table};"
        ))?;
    }
    Ok(())
}
