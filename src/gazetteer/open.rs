//! The path of a list of names in, its table out: mapped into memory where it is compiled, compiled on the way where it is text.

use super::table::{Bytes, Table};
use crate::error::{Error, Result};
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;
use std::sync::Arc;

impl Table {
    /// Opens a compiled table or reads a list as text. A compiled one is mapped into memory: it takes as long to open, whatever
    /// its size. It must not be written to while it is open; put a new one in its place by renaming.
    ///
    /// # Errors
    /// The file cannot be read, or its content is no list of names.
    pub fn open(path: &Path) -> Result<Self> {
        let fault = |source| Error::Io { path: path.to_owned(), source };
        let mut file = File::open(path).map_err(fault)?;
        let mut start = Vec::new();
        file.by_ref().take(8).read_to_end(&mut start).map_err(fault)?;
        let name = path.to_string_lossy();
        if Self::is_compiled(&start) {
            return Self::read(&name, Bytes::Mapped(Arc::new(mapped(&file).map_err(fault)?)));
        }
        file.read_to_end(&mut start).map_err(fault)?;
        let text =
            String::from_utf8(start).map_err(|error| fault(io::Error::new(io::ErrorKind::InvalidData, error)))?;
        Self::parse(&[(&name, &text)])
    }
}

/// SAFETY: what is mapped is read as bytes, each checked before it is used, so any content will do; what must not happen is that
/// another program shortens or rewrites the file meanwhile, which `open` tells its callers.
#[allow(unsafe_code)]
fn mapped(file: &File) -> io::Result<memmap2::Mmap> {
    unsafe { memmap2::Mmap::map(file) }
}
