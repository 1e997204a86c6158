//! Records with a number in, in any order and any amount; the same records in order of number out, in bounded memory.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Read, Seek, Write};

/// Bytes held before a run is written to disk, with the index.
const HELD: usize = 64 << 20;
/// Bytes of a run that are read at a time.
const CHUNK: usize = 256 << 10;

/// Sorts records by number; records of one number keep their order.
pub(super) struct Sorter {
    bytes: Vec<u8>,
    /// Number, start and length of each record held.
    index: Vec<(u64, u32, u32)>,
    runs: Vec<File>,
    held: usize,
}

impl Sorter {
    pub fn new() -> Self {
        Self::holding(HELD)
    }

    fn holding(held: usize) -> Self {
        Self { bytes: Vec::new(), index: Vec::new(), runs: Vec::new(), held }
    }

    pub fn push(&mut self, number: u64, record: &[&[u8]]) -> io::Result<()> {
        let start = self.bytes.len();
        record.iter().for_each(|part| self.bytes.extend_from_slice(part));
        self.index.push((number, start as u32, (self.bytes.len() - start) as u32));
        match self.bytes.len() + self.index.len() * size_of::<(u64, u32, u32)>() >= self.held {
            true => self.spill(),
            false => Ok(()),
        }
    }

    /// Writes what is held as a sorted run to a file without a name, which goes when the program does.
    fn spill(&mut self) -> io::Result<()> {
        let mut file = BufWriter::with_capacity(CHUNK, tempfile::tempfile()?);
        self.index.sort_unstable();
        for &(number, start, length) in &self.index {
            file.write_all(&number.to_le_bytes())?;
            file.write_all(&length.to_le_bytes())?;
            file.write_all(&self.bytes[start as usize..][..length as usize])?;
        }
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.rewind()?;
        self.runs.push(file);
        self.bytes.clear();
        self.index.clear();
        Ok(())
    }

    /// The records in order.
    pub fn finish(mut self) -> io::Result<Sorted> {
        self.index.sort_unstable();
        let held = Run::Held { bytes: self.bytes, index: self.index.into_iter() };
        let written = self.runs.into_iter().map(|file| Run::Written(BufReader::with_capacity(CHUNK, file)));
        let mut sorted = Sorted { runs: written.chain([held]).collect(), heads: BinaryHeap::new() };
        for run in 0..sorted.runs.len() {
            sorted.advance(run)?;
        }
        Ok(sorted)
    }
}

enum Run {
    Written(BufReader<File>),
    Held { bytes: Vec<u8>, index: std::vec::IntoIter<(u64, u32, u32)> },
}

impl Run {
    fn next(&mut self) -> io::Result<Option<(u64, Vec<u8>)>> {
        match self {
            Self::Held { bytes, index } => {
                let record = |(number, start, length): (u64, u32, u32)| {
                    (number, bytes[start as usize..][..length as usize].to_vec())
                };
                Ok(index.next().map(record))
            }
            Self::Written(file) => {
                let mut head = [0; 12];
                if file.fill_buf()?.is_empty() {
                    return Ok(None);
                }
                file.read_exact(&mut head)?;
                let (number, length) = head.split_at(8);
                let length = length.iter().rev().fold(0, |sum, &byte| sum << 8 | usize::from(byte));
                let number = number.iter().rev().fold(0, |sum, &byte| sum << 8 | u64::from(byte));
                let mut record = vec![0; length];
                file.read_exact(&mut record)?;
                Ok(Some((number, record)))
            }
        }
    }
}

/// Runs merged; the earlier run goes first where numbers are equal.
pub(super) struct Sorted {
    runs: Vec<Run>,
    heads: BinaryHeap<Reverse<(u64, usize, Vec<u8>)>>,
}

impl Sorted {
    fn advance(&mut self, run: usize) -> io::Result<()> {
        if let Some((number, record)) = self.runs[run].next()? {
            self.heads.push(Reverse((number, run, record)));
        }
        Ok(())
    }

    /// The number of the next record.
    pub fn peek(&self) -> Option<u64> {
        self.heads.peek().map(|Reverse((number, ..))| *number)
    }

    pub fn next(&mut self) -> io::Result<Option<(u64, Vec<u8>)>> {
        let Some(Reverse((number, run, record))) = self.heads.pop() else { return Ok(None) };
        self.advance(run)?;
        Ok(Some((number, record)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(held: usize, records: &[(u64, String)]) -> Vec<(u64, String)> {
        let mut sorter = Sorter::holding(held);
        for (number, text) in records {
            sorter.push(*number, &[text.as_bytes(), b"!"]).unwrap();
        }
        let mut sorted = sorter.finish().unwrap();
        let mut all = Vec::new();
        while let Some((number, record)) = sorted.next().unwrap() {
            all.push((number, String::from_utf8(record).unwrap()));
        }
        all
    }

    #[test]
    fn order_is_by_number_then_by_arrival_whatever_fits_memory() {
        let records: Vec<(u64, String)> =
            (0..3000_u64).map(|at| (at.wrapping_mul(2_654_435_761) % 500, format!("record {at}"))).collect();
        let mut expected = records.clone();
        expected.sort_by_key(|(number, _)| *number);
        for (_, text) in &mut expected {
            text.push('!');
        }
        for held in [1, 100, 5000, 1 << 20] {
            assert_eq!(sorted(held, &records), expected, "{held} bytes held");
        }
        assert_eq!(sorted(100, &[]), []);
    }
}
