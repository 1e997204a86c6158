//! Documents in, their results out in the same order, worked on by several threads with a bounded amount in flight.

use crate::document::Document;
use crate::error::{Error, Result};
use std::collections::VecDeque;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, Scope};

/// Bytes of text that may wait or be worked on at once: memory depends on it, not on the number of documents. An analysis
/// takes some hundred times its text, so the largest reports are worked on one by one.
const IN_FLIGHT: usize = 1 << 20;

/// As many as the main thread has: patterns and trees of odd text go deep.
const STACK: usize = 8 << 20;

#[derive(Clone, Copy, Debug, clap::Args)]
pub struct JobArgs {
    /// Documents analysed at once; by default as many as there are processors
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
}

impl JobArgs {
    pub fn count(self) -> usize {
        self.jobs.map_or_else(|| thread::available_parallelism().map_or(1, usize::from), usize::from)
    }
}

/// A document to work on, and where its result goes.
struct Task<R> {
    document: Document,
    answer: Sender<Result<R>>,
}

/// Results that have been asked for, in the order of asking. Dropped, it ends the threads after the document they are at.
pub struct Ordered<R> {
    tasks: Sender<Task<R>>,
    waiting: VecDeque<(usize, Receiver<Result<R>>)>,
    in_flight: usize,
    ended: Arc<AtomicBool>,
}

impl<R> Drop for Ordered<R> {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
    }
}

impl<R: Send> Ordered<R> {
    /// Starts `jobs` threads that `work` on what [`Ordered::give`] brings.
    pub fn start<'scope, 'env: 'scope>(
        scope: &'scope Scope<'scope, 'env>,
        jobs: usize,
        work: impl Fn(Document) -> R + Send + Sync + 'scope,
    ) -> Result<Self>
    where
        R: 'scope,
    {
        let (tasks, queue) = channel::<Task<R>>();
        let (queue, work, ended) = (Arc::new(Mutex::new(queue)), Arc::new(work), Arc::new(AtomicBool::new(false)));
        for _ in 0..jobs {
            let (queue, work, ended) = (Arc::clone(&queue), Arc::clone(&work), Arc::clone(&ended));
            let labour = move || {
                while let Some(task) = next(&queue).filter(|_| !ended.load(Ordering::Relaxed)) {
                    // Nobody waits for the answer any more where the program is about to end.
                    let _ = task.answer.send(guarded(task.document, &*work));
                }
            };
            let thread = thread::Builder::new().stack_size(STACK).spawn_scoped(scope, labour);
            thread.map_err(|source| Error::Usage(format!("no thread for a job: {source}; try fewer --jobs")))?;
        }
        Ok(Self { tasks, waiting: VecDeque::new(), in_flight: 0, ended })
    }

    pub fn give(&mut self, document: Document) {
        let size = document.text.len();
        let (answer, result) = channel();
        self.in_flight += size;
        self.waiting.push_back((size, result));
        // Fails only if all threads are gone, and then so is the sender of the answer: `take` tells.
        let _ = self.tasks.send(Task { document, answer });
    }

    /// The oldest result, where `next` has to wait for it: to be asked for until there is none, before `next` is given.
    pub fn take_before(&mut self, next: &Document) -> Option<Result<R>> {
        if self.in_flight + next.text.len() > IN_FLIGHT { self.take() } else { None }
    }

    /// The oldest result, where it is there already.
    pub fn take_ready(&mut self) -> Option<Result<R>> {
        let (size, result) = self.waiting.front()?;
        let (size, result) = (*size, result.try_recv().ok()?);
        self.waiting.pop_front();
        self.in_flight -= size;
        Some(result)
    }

    /// The oldest result, waited for; `None` if nothing is in flight.
    pub fn take(&mut self) -> Option<Result<R>> {
        let (size, result) = self.waiting.pop_front()?;
        self.in_flight -= size;
        let lost = || Err(Error::Usage("a job ended without an answer".to_owned()));
        Some(result.recv().unwrap_or_else(|_| lost()))
    }
}

fn next<R>(queue: &Mutex<Receiver<Task<R>>>) -> Option<Task<R>> {
    queue.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// A fault in the program itself costs the document that met it, and no other.
fn guarded<R>(document: Document, work: &impl Fn(Document) -> R) -> Result<R> {
    let path = document.id.clone().into();
    let reason = "the analysis failed, which is a fault of this program: please report it with the text".to_owned();
    catch_unwind(AssertUnwindSafe(|| work(document))).map_err(|_| Error::Input { path, reason })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(number: usize) -> Document {
        let text = "x".repeat(if usize::is_multiple_of(number, 3) { IN_FLIGHT / 4 } else { 10 });
        Document::new(number.to_string(), None, None, text, Vec::new())
    }

    /// Ids in the order of the results; a failed one is named by its error.
    fn run(jobs: usize, work: impl Fn(Document) -> String + Send + Sync) -> Vec<String> {
        let mut answers = Vec::new();
        thread::scope(|scope| {
            let mut results = Ordered::start(scope, jobs, work).unwrap();
            for number in 0..50 {
                let document = document(number);
                answers.extend(std::iter::from_fn(|| results.take_before(&document)));
                results.give(document);
                assert!(results.in_flight <= IN_FLIGHT);
            }
            answers.extend(std::iter::from_fn(|| results.take()));
        });
        answers.into_iter().map(|answer| answer.unwrap_or_else(|error| error.to_string())).collect()
    }

    #[test]
    fn results_come_in_order_whatever_the_number_of_jobs() {
        let expected: Vec<String> = (0..50).map(|number| number.to_string()).collect();
        for jobs in [1, 2, 7] {
            let slow = |document: Document| {
                thread::sleep(std::time::Duration::from_micros(document.text.len() as u64 % 7 * 300));
                document.id
            };
            assert_eq!(run(jobs, slow), expected);
        }
    }

    #[test]
    fn a_fault_costs_one_document() {
        let answers = run(2, |document| match document.id.as_str() {
            "7" => panic!("met on purpose by a test"),
            _ => document.id,
        });
        assert_eq!(answers.len(), 50);
        assert!(answers[7].starts_with("7: the analysis failed"), "{}", answers[7]);
        assert_eq!(answers[49], "49");
    }
}
