//! A text and its analysis in, the same analysis out when the text comes again, within a budget of bytes.
//!
//! Agencies are reprinted and pages repeat themselves. An analysis depends on its text alone, so remembering it never
//! changes an answer, only the time it takes.

use rustc_hash::FxHashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// Analyses by text. Two halves of the budget: when the younger is full it becomes the older, and what the older still
/// held is forgotten. What is asked for again becomes young again.
pub struct Memory<V> {
    halves: Mutex<Halves<V>>,
    budget: usize,
}

type Texts<V> = FxHashMap<Box<str>, (Arc<V>, usize)>;

struct Halves<V> {
    young: Texts<V>,
    old: Texts<V>,
    /// Bytes of the younger half.
    size: usize,
}

impl<V> Memory<V> {
    /// `budget`: bytes for all that is remembered.
    pub fn new(budget: usize) -> Self {
        Self { halves: Mutex::new(Halves { young: Texts::default(), old: Texts::default(), size: 0 }), budget }
    }

    pub fn recall(&self, text: &str) -> Option<Arc<V>> {
        let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((value, _)) = halves.young.get(text) {
            return Some(Arc::clone(value));
        }
        let (text, (value, size)) = halves.old.remove_entry(text)?;
        self.enter(&mut halves, text, Arc::clone(&value), size);
        Some(value)
    }

    /// `size`: bytes that the value takes, about. What would take up much of the budget alone is not kept.
    pub fn keep(&self, text: &str, value: Arc<V>, size: usize) {
        let size = size + text.len();
        if size <= self.budget / 8 {
            let mut halves = self.halves.lock().unwrap_or_else(PoisonError::into_inner);
            self.enter(&mut halves, text.into(), value, size);
        }
    }

    fn enter(&self, halves: &mut Halves<V>, text: Box<str>, value: Arc<V>, size: usize) {
        if halves.size + size > self.budget / 2 {
            halves.old = std::mem::take(&mut halves.young);
            halves.size = 0;
        }
        if halves.young.insert(text, (value, size)).is_none() {
            halves.size += size;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_holds_and_what_is_used_stays() {
        let memory = Memory::new(1000);
        for number in 0..100 {
            memory.keep(&format!("text {number:3}"), Arc::new(number), 92);
            assert_eq!(memory.recall("text   0").as_deref(), Some(&0));
        }
        let kept = (0..100).filter(|number| memory.recall(&format!("text {number:3}")).is_some()).count();
        assert!((2..=10).contains(&kept), "{kept}");
        memory.keep("large", Arc::new(0), 500);
        assert!(memory.recall("large").is_none());
    }
}
