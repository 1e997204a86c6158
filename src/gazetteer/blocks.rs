//! Blocks of 64 bytes in, a bit for each byte out: letter or digit, anything but a small letter, beyond ASCII.
//!
//! In plain numbers, with SSE2 or with AVX2 registers, chosen for the processor at run time: the same bits each way.

/// What the bytes of a block are, the first in the lowest bit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Classes {
    /// ASCII letters and digits.
    pub word: u64,
    /// Not a small ASCII letter.
    pub large: u64,
    /// Parts of letters and signs beyond ASCII.
    pub beyond: u64,
}

pub(super) type Block = [u8; 64];

/// A way of classing bytes that this processor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scan {
    Plain,
    #[cfg(target_arch = "x86_64")]
    Sse2,
    #[cfg(target_arch = "x86_64")]
    Avx2,
}

impl Scan {
    pub(super) fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        if is_x86_feature_detected!("avx2") {
            return Self::Avx2;
        } else if is_x86_feature_detected!("sse2") {
            return Self::Sse2;
        }
        Self::Plain
    }

    /// All that this processor has.
    #[cfg(test)]
    pub(super) fn all() -> Vec<Self> {
        let mut all = vec![Self::Plain];
        #[cfg(target_arch = "x86_64")]
        all.extend(is_x86_feature_detected!("sse2").then_some(Self::Sse2));
        #[cfg(target_arch = "x86_64")]
        all.extend(is_x86_feature_detected!("avx2").then_some(Self::Avx2));
        all
    }

    /// Classes all blocks of `bytes`, the last one filled up with zeros; `visit` is told where each begins.
    #[allow(unsafe_code)]
    pub(super) fn blocks(self, bytes: &[u8], visit: impl FnMut(usize, Classes)) {
        match self {
            Self::Plain => each(bytes, plain, visit),
            // SAFETY: `best` and `all` make these values, after they have seen the features.
            #[cfg(target_arch = "x86_64")]
            Self::Sse2 => unsafe { x86::sse2(bytes, visit) },
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { x86::avx2(bytes, visit) },
        }
    }
}

#[inline(always)]
fn each(bytes: &[u8], classes: impl Fn(&Block) -> Classes, mut visit: impl FnMut(usize, Classes)) {
    let (blocks, rest) = bytes.as_chunks::<64>();
    for (number, block) in blocks.iter().enumerate() {
        visit(number * 64, classes(block));
    }
    if !rest.is_empty() {
        let mut last = [0; 64];
        last[..rest.len()].copy_from_slice(rest);
        visit(blocks.len() * 64, classes(&last));
    }
}

fn plain(block: &Block) -> Classes {
    let bits = |is: fn(&u8) -> bool| block.iter().enumerate().fold(0, |bits, (at, b)| bits | (u64::from(is(b)) << at));
    Classes {
        word: bits(u8::is_ascii_alphanumeric),
        large: !bits(u8::is_ascii_lowercase),
        beyond: bits(|byte| !byte.is_ascii()),
    }
}

#[cfg(target_arch = "x86_64")]
#[allow(unsafe_code)]
mod x86 {
    //! SAFETY: every load reads a part of the block that it is given.

    use super::{Block, Classes, each};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2")]
    pub unsafe fn avx2(bytes: &[u8], visit: impl FnMut(usize, Classes)) {
        each(bytes, |block| unsafe { avx2_classes(block) }, visit);
    }

    #[inline]
    #[target_feature(enable = "avx2")]
    unsafe fn avx2_classes(block: &Block) -> Classes {
        let parts = [0, 32].map(|at| {
            let bytes = unsafe { _mm256_loadu_si256(block.as_ptr().add(at).cast()) };
            // Of signed bytes those within `from..=to`.
            let within = |bytes: __m256i, from: i8, to: i8| {
                let above = _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(from - 1));
                _mm256_andnot_si256(_mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(to)), above)
            };
            let small = within(bytes, 97, 122);
            let digit = within(bytes, 48, 57);
            let letter = within(_mm256_or_si256(bytes, _mm256_set1_epi8(32)), 97, 122);
            let bits = |mask: __m256i| u64::from(_mm256_movemask_epi8(mask) as u32);
            (bits(_mm256_or_si256(letter, digit)), bits(small), bits(bytes))
        });
        let [low, high] = parts;
        Classes { word: low.0 | (high.0 << 32), large: !(low.1 | (high.1 << 32)), beyond: low.2 | (high.2 << 32) }
    }

    #[target_feature(enable = "sse2")]
    pub unsafe fn sse2(bytes: &[u8], visit: impl FnMut(usize, Classes)) {
        each(bytes, |block| unsafe { sse2_classes(block) }, visit);
    }

    #[inline]
    #[target_feature(enable = "sse2")]
    unsafe fn sse2_classes(block: &Block) -> Classes {
        let mut classes = Classes { word: 0, large: !0, beyond: 0 };
        for at in [0, 16, 32, 48] {
            let bytes = unsafe { _mm_loadu_si128(block.as_ptr().add(at).cast()) };
            let within = |bytes: __m128i, from: i8, to: i8| {
                let above = _mm_cmpgt_epi8(bytes, _mm_set1_epi8(from - 1));
                _mm_andnot_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(to)), above)
            };
            let small = within(bytes, 97, 122);
            let digit = within(bytes, 48, 57);
            let letter = within(_mm_or_si128(bytes, _mm_set1_epi8(32)), 97, 122);
            let bits = |mask: __m128i| u64::from(_mm_movemask_epi8(mask) as u16) << at;
            classes.word |= bits(_mm_or_si128(letter, digit));
            classes.large &= !bits(small);
            classes.beyond |= bits(bytes);
        }
        classes
    }
}
