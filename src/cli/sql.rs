//! One SQL query in, its rows out; SQLite's authorizer refuses whatever could change or reach beyond the database.

use super::Session;
use super::output::{OutputArgs, Rows, say};
use crate::error::{Error, Result};
use crate::export::records;
use crate::graph::Store;
use clap::Args;
use rusqlite::hooks::{AuthAction, AuthContext, Authorization};
use std::time::{Duration, Instant};

/// Ask the database in SQL, read-only; `schema.sql` describes the tables and views
#[derive(Args)]
#[command(
    after_help = "Example:\n  wiregraph sql 'SELECT subject, predicate, object FROM edge ORDER BY origins DESC LIMIT 9'\n\ndocs/sql.md has a cookbook."
)]
pub struct Sql {
    #[arg(value_name = "SELECT")]
    query: String,
    /// At most so many rows; 0 for all
    #[arg(long, value_name = "N", default_value_t = 10_000)]
    limit: usize,
    /// Stop after so many seconds; 0 for never
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    timeout: u64,
    #[command(flatten)]
    output: OutputArgs,
}

/// Steps of SQLite's machine between two looks at the clock.
const BETWEEN: i32 = 10_000;

/// PRAGMAs that only tell something.
const TELLING: [&str; 14] = [
    "application_id",
    "collation_list",
    "compile_options",
    "database_list",
    "encoding",
    "foreign_key_list",
    "function_list",
    "index_info",
    "index_list",
    "index_xinfo",
    "table_info",
    "table_list",
    "table_xinfo",
    "user_version",
];
/// Of these, the ones whose value is a question and not a setting.
const ASKING: [&str; 7] =
    ["foreign_key_list", "index_info", "index_list", "index_xinfo", "table_info", "table_list", "table_xinfo"];

impl Sql {
    pub fn run(self, session: &Session) -> Result<u8> {
        let mut store = session.store()?;
        store.connection_mut().authorizer(Some(authorize))?;
        if self.timeout > 0 {
            let end = Instant::now() + Duration::from_secs(self.timeout);
            store.connection_mut().progress_handler(BETWEEN, Some(move || Instant::now() > end))?;
        }
        if self.query.trim().is_empty() {
            return Err(refusal());
        }
        self.answer(&store)?.print(self.output.format())
    }

    fn answer(&self, store: &Store) -> Result<Rows> {
        let explain = |error| self.explain(error);
        let mut query = store.connection().prepare(&self.query).map_err(explain)?;
        if !query.readonly() {
            return Err(refusal());
        }
        let columns = records::columns(&query);
        let width = columns.len();
        let mut rows = Rows::new(columns);
        let mut found = query.query([]).map_err(explain)?;
        while let Some(row) = found.next().map_err(explain)? {
            if self.limit > 0 && rows.len() == self.limit {
                say(format!("the first {} rows; --limit 0 gives all", self.limit));
                break;
            }
            let values = (0..width).map(|at| Ok(records::value(row.get_ref(at)?)));
            rows.push(values.collect::<rusqlite::Result<_>>()?);
        }
        Ok(rows)
    }

    fn explain(&self, error: rusqlite::Error) -> Error {
        match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::OperationInterrupted) => Error::Usage(format!(
                "the query was stopped after {} s; ask for less, or allow more (--timeout)",
                self.timeout
            )),
            _ => explain(error),
        }
    }
}

fn authorize(context: AuthContext<'_>) -> Authorization {
    let allowed = match context.action {
        AuthAction::Select | AuthAction::Read { .. } | AuthAction::Recursive => true,
        AuthAction::Function { function_name } => !function_name.eq_ignore_ascii_case("load_extension"),
        AuthAction::Pragma { pragma_name, pragma_value } => {
            let name = pragma_name.to_ascii_lowercase();
            // `data_version` is asked by the full-text index itself.
            (TELLING.contains(&&*name) || name == "data_version")
                && (pragma_value.is_none() || ASKING.contains(&&*name))
        }
        _ => false,
    };
    if allowed { Authorization::Allow } else { Authorization::Deny }
}

fn refusal() -> Error {
    Error::Usage(
        "sql is read-only: expected a SELECT; the database is changed by `build`, `forget` and judgements alone (for changes of your own, \
         copy the file and use another tool)"
            .into(),
    )
}

/// What was wrong with the query, in the words of the person who wrote it.
fn explain(error: rusqlite::Error) -> Error {
    use rusqlite::ErrorCode::{AuthorizationForStatementDenied, ReadOnly};
    match (&error, error.sqlite_error_code()) {
        (_, Some(AuthorizationForStatementDenied | ReadOnly)) => refusal(),
        (rusqlite::Error::MultipleStatement, _) => {
            Error::Usage("sql takes one statement, and several were given".into())
        }
        (rusqlite::Error::SqlInputError { msg, sql, offset, .. }, _) => {
            Error::Usage(format!("{msg}{}", place(sql, *offset)))
        }
        (_, Some(rusqlite::ErrorCode::Unknown)) => Error::Usage(format!("sql: {error}")),
        _ => Error::Sql(error),
    }
}

/// The query from where it went wrong.
fn place(sql: &str, offset: i32) -> String {
    let rest = usize::try_from(offset).ok().and_then(|offset| sql.get(offset..)).unwrap_or_default();
    match rest.trim() {
        "" => String::new(),
        rest => format!(", at \"{}\"", rest.chars().take(40).collect::<String>()),
    }
}
