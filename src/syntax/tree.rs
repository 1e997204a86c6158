//! Heads and labels of one text in, lifted arcs put back and sentence starts out.

use super::parser::Arc;

/// The stretch of tokens that each token's subtree covers, first and last.
struct Edges {
    left: Vec<usize>,
    right: Vec<usize>,
}

/// Puts arcs back that the projective parser had to lift, and tells at which tokens sentences start.
///
/// `lifted[label]` are the true label and the label of the true head, for a label such as "relcl||dobj".
pub fn finish(arcs: &mut [Arc], is_space: &[bool], lifted: &[Option<(u16, u16)>]) -> Vec<usize> {
    let edges = edges(arcs);
    for token in 0..arcs.len() {
        if let Some((label, head_label)) = lifted[usize::from(arcs[token].label)] {
            if let Some(head) = true_head(token, head_label, arcs, &edges, is_space) {
                arcs[token].head = head;
            }
            arcs[token].label = label;
        }
    }
    sentence_starts(arcs)
}

/// The first descendant of the token's head with the label, breadth first, left to right.
fn true_head(token: usize, label: u16, arcs: &[Arc], edges: &Edges, is_space: &[bool]) -> Option<usize> {
    let mut queue = vec![arcs[token].head];
    // A tree has no more levels than tokens; a cycle of lifted arcs would.
    for _ in 0..arcs.len() {
        let mut next = Vec::new();
        for head in queue {
            for child in edges.left[head]..=edges.right[head] {
                if child == head || arcs[child].head != head || child == token || is_space[child] {
                    continue;
                }
                if arcs[child].label == label {
                    return (!descends(child, token, arcs)).then_some(child);
                }
                next.push(child);
            }
        }
        if next.is_empty() || next.len() > arcs.len() {
            return None;
        }
        queue = next;
    }
    None
}

fn descends(mut token: usize, ancestor: usize, arcs: &[Arc]) -> bool {
    for _ in 0..arcs.len() {
        if token == ancestor {
            return true;
        }
        token = arcs[token].head;
    }
    false
}

/// Edges of all subtrees. Crossing arcs need more than one pass, never many.
fn edges(arcs: &[Arc]) -> Edges {
    const PASSES: usize = 12;
    let mut edges = Edges { left: (0..arcs.len()).collect(), right: (0..arcs.len()).collect() };
    for _ in 0..PASSES {
        for child in (0..arcs.len()).chain((0..arcs.len()).rev()) {
            let head = arcs[child].head;
            edges.left[head] = edges.left[head].min(edges.left[child]);
            edges.right[head] = edges.right[head].max(edges.right[child]);
        }
        if heads_are_near(arcs, &edges) {
            break;
        }
    }
    edges
}

/// No head lies outside the sentence that the edges make of its dependent.
fn heads_are_near(arcs: &[Arc], edges: &Edges) -> bool {
    let mut starts = starts(arcs, edges);
    starts.retain(|start| *start > 0);
    let mut begin = 0;
    for end in starts.into_iter().chain([arcs.len().saturating_sub(1)]) {
        // As in spaCy, the token at the end may still be a head of its predecessors.
        if (begin..end).any(|token| arcs[token].head < begin || arcs[token].head > end) {
            return false;
        }
        begin = end;
    }
    true
}

fn starts(arcs: &[Arc], edges: &Edges) -> Vec<usize> {
    let roots = (0..arcs.len()).filter(|token| arcs[*token].head == *token);
    let mut starts: Vec<usize> = roots.map(|root| edges.left[root]).collect();
    starts.sort_unstable();
    starts.dedup();
    starts
}

/// The first token of each sentence, ascending; the first sentence starts with the text.
fn sentence_starts(arcs: &[Arc]) -> Vec<usize> {
    let mut starts = starts(arcs, &edges(arcs));
    if !arcs.is_empty() && starts.first() != Some(&0) {
        starts.insert(0, 0);
    }
    starts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn arcs(heads: &[(usize, u16)]) -> Vec<Arc> {
        heads.iter().map(|(head, label)| Arc { head: *head, label: *label }).collect()
    }

    #[test]
    fn a_lifted_arc_finds_its_head() {
        // Labels: 0 root, 1 dobj, 2 relcl, 3 relcl||dobj.
        let mut tree = arcs(&[(0, 0), (0, 1), (0, 3)]);
        let lifted = [None, None, None, Some((2, 1))];
        assert_eq!(finish(&mut tree, &[false; 3], &lifted), [0]);
        assert_eq!(tree[2], Arc { head: 1, label: 2 });
    }

    #[test]
    fn roots_make_sentences() {
        let mut tree = arcs(&[(1, 1), (1, 0), (3, 0), (3, 1)]);
        assert_eq!(finish(&mut tree, &[false; 4], &[None, None]), [0, 2]);
    }
}
