//! A database of an earlier format in, its rows in a database of today's format out.

use crate::error::Result;
use rusqlite::Connection;
use std::path::Path;

/// The first format that this program can bring forward.
pub(super) const OLDEST: i64 = 1;

/// In the order that foreign keys ask for. The full-text index and all that is derived is made anew afterwards.
const TABLES: [&str; 10] =
    ["document", "origin", "sentence", "entity", "alias", "mention", "relation", "evidence", "claim", "judgement"];

/// Columns that an earlier format lacks and that may not be null: format that has them first, table, column, value.
const ADDED: [(i64, &str, &str, &str); 1] = [(2, "mention", "as_read", "entity")];

/// Values that an earlier format's rows do not keep: format that needs others first, table, column, value. Without its
/// fingerprint a document is read again by the next build, which then tells how surely its edges were read.
const REPLACED: [(i64, &str, &str, &str); 1] = [(2, "document", "fingerprint", "''")];

/// Copies the rows of `earlier`, which is of format `from`, into a database with today's tables and no row.
pub(super) fn migrate(connection: &Connection, earlier: &Path, from: i64) -> Result<()> {
    connection.execute_batch("PRAGMA foreign_keys = OFF; PRAGMA cache_size = -16384; PRAGMA temp_store = FILE;")?;
    connection.execute("ATTACH ? AS earlier", [earlier.to_string_lossy()])?;
    let transaction = connection.unchecked_transaction()?;
    for table in TABLES {
        copy(&transaction, table, from)?;
    }
    transaction.commit()?;
    Ok(connection.execute_batch("DETACH earlier")?)
}

fn copy(connection: &Connection, table: &str, from: i64) -> Result<()> {
    let shared = "SELECT name FROM pragma_table_info(?1, 'earlier') WHERE name IN (SELECT name FROM pragma_table_info(?1, 'main'))";
    let mut query = connection.prepare(shared)?;
    let mut columns: Vec<String> = query
        .query_map([table], |row| Ok(format!("\"{}\"", row.get::<_, String>(0)?)))?
        .collect::<rusqlite::Result<_>>()?;
    if columns.is_empty() {
        return Ok(());
    }
    let mut values = columns.clone();
    for (_, _, column, value) in ADDED.iter().filter(|(format, of, ..)| *format > from && *of == table) {
        columns.push((*column).to_owned());
        values.push((*value).to_owned());
    }
    for (_, _, column, value) in REPLACED.iter().filter(|(format, of, ..)| *format > from && *of == table) {
        if let Some(at) = columns.iter().position(|own| *own == format!("\"{column}\"")) {
            values[at] = (*value).to_owned();
        }
    }
    let (columns, values) = (columns.join(", "), values.join(", "));
    connection.execute_batch(&format!("INSERT INTO main.{table} ({columns}) SELECT {values} FROM earlier.{table};"))?;
    Ok(())
}
