//! A web page in; the draft of its article out.

use super::decode::Decoder;
use super::draft::Draft;
use super::packed::Input;
use crate::error::{Error, Result};
use std::path::Path;

pub(super) fn read(path: &Path, _: String, _: Input, _: Decoder) -> Result<Draft> {
    Err(Error::Input { path: path.to_owned(), reason: "pages are not read".into() })
}
