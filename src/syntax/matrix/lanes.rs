//! A processor's vector registers in, sixteen numbers at a time out: the same arithmetic in each of them.
//!
//! A lane's result is one rounding of one operation, so registers of any width give the same bits.

/// Numbers in a [`Lanes`].
pub const LANES: usize = 16;

/// Sixteen numbers that one operation takes together.
///
/// The implementations for wide registers may only be used in code compiled for them, see [`Width::run`].
pub trait Lanes: Copy {
    fn all(value: f32) -> Self;
    fn load(from: &[f32; LANES]) -> Self;
    fn store(self, to: &mut [f32; LANES]);
    fn add(self, other: Self) -> Self;
    /// `self + a * b`, rounded once.
    fn add_product(self, a: Self, b: Self) -> Self;
}

/// What can be computed with any [`Lanes`]; `ROWS` and `PANELS` are the tile that their registers hold.
pub trait Work {
    fn with<L: Lanes, const ROWS: usize, const PANELS: usize>(self);
}

/// Which registers this processor has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Width {
    /// Whatever the compiler makes of plain numbers.
    Plain,
    #[cfg(target_arch = "x86_64")]
    Avx2,
    #[cfg(target_arch = "x86_64")]
    Avx512,
}

impl Width {
    /// The widest that this processor can run.
    #[inline]
    pub fn best() -> Self {
        #[cfg(target_arch = "x86_64")]
        {
            use std::arch::is_x86_feature_detected as has;
            if has!("avx2") && has!("fma") {
                return if has!("avx512f") && has!("avx512vl") { Self::Avx512 } else { Self::Avx2 };
            }
        }
        Self::Plain
    }

    /// All that this processor can run: those no wider than the widest.
    #[cfg(test)]
    pub fn available() -> Vec<Self> {
        let all = [
            Self::Plain,
            #[cfg(target_arch = "x86_64")]
            Self::Avx2,
            #[cfg(target_arch = "x86_64")]
            Self::Avx512,
        ];
        all.into_iter().take_while(|width| *width as u8 <= Self::best() as u8).collect()
    }

    /// Runs `work`, compiled for these registers.
    #[inline]
    pub fn run(self, work: impl Work) {
        match self {
            Self::Plain => work.with::<Plain, 4, 1>(),
            // SAFETY: `best` makes these values, after it has seen the features.
            #[cfg(target_arch = "x86_64")]
            Self::Avx2 => unsafe { x86::avx2(work) },
            #[cfg(target_arch = "x86_64")]
            Self::Avx512 => unsafe { x86::avx512(work) },
        }
    }
}

#[derive(Clone, Copy)]
struct Plain([f32; LANES]);

impl Lanes for Plain {
    #[inline(always)]
    fn all(value: f32) -> Self {
        Self([value; LANES])
    }

    #[inline(always)]
    fn load(from: &[f32; LANES]) -> Self {
        Self(*from)
    }

    #[inline(always)]
    fn store(self, to: &mut [f32; LANES]) {
        *to = self.0;
    }

    #[inline(always)]
    fn add(mut self, other: Self) -> Self {
        self.0.iter_mut().zip(other.0).for_each(|(sum, value)| *sum += value);
        self
    }

    #[inline(always)]
    fn add_product(mut self, a: Self, b: Self) -> Self {
        for ((sum, a), b) in self.0.iter_mut().zip(a.0).zip(b.0) {
            *sum = a.mul_add(b, *sum);
        }
        self
    }
}

#[cfg(target_arch = "x86_64")]
mod x86 {
    use super::{LANES, Lanes, Work};
    use std::arch::x86_64::*;

    #[target_feature(enable = "avx2,fma")]
    pub fn avx2(work: impl Work) {
        work.with::<Avx2, 6, 1>();
    }

    #[target_feature(enable = "avx2,fma,avx512f,avx512vl")]
    pub fn avx512(work: impl Work) {
        work.with::<Avx512, 12, 2>();
    }

    // SAFETY, for all below: only code compiled for the registers comes here, and pointers are those of whole arrays.

    #[derive(Clone, Copy)]
    struct Avx2(__m256, __m256);

    impl Lanes for Avx2 {
        #[inline(always)]
        fn all(value: f32) -> Self {
            unsafe { Self(_mm256_set1_ps(value), _mm256_set1_ps(value)) }
        }

        #[inline(always)]
        fn load(from: &[f32; LANES]) -> Self {
            unsafe { Self(_mm256_loadu_ps(from.as_ptr()), _mm256_loadu_ps(from.as_ptr().add(8))) }
        }

        #[inline(always)]
        fn store(self, to: &mut [f32; LANES]) {
            unsafe {
                _mm256_storeu_ps(to.as_mut_ptr(), self.0);
                _mm256_storeu_ps(to.as_mut_ptr().add(8), self.1);
            }
        }

        #[inline(always)]
        fn add(self, other: Self) -> Self {
            unsafe { Self(_mm256_add_ps(self.0, other.0), _mm256_add_ps(self.1, other.1)) }
        }

        #[inline(always)]
        fn add_product(self, a: Self, b: Self) -> Self {
            unsafe { Self(_mm256_fmadd_ps(a.0, b.0, self.0), _mm256_fmadd_ps(a.1, b.1, self.1)) }
        }
    }

    #[derive(Clone, Copy)]
    struct Avx512(__m512);

    impl Lanes for Avx512 {
        #[inline(always)]
        fn all(value: f32) -> Self {
            unsafe { Self(_mm512_set1_ps(value)) }
        }

        #[inline(always)]
        fn load(from: &[f32; LANES]) -> Self {
            unsafe { Self(_mm512_loadu_ps(from.as_ptr())) }
        }

        #[inline(always)]
        fn store(self, to: &mut [f32; LANES]) {
            unsafe { _mm512_storeu_ps(to.as_mut_ptr(), self.0) }
        }

        #[inline(always)]
        fn add(self, other: Self) -> Self {
            unsafe { Self(_mm512_add_ps(self.0, other.0)) }
        }

        #[inline(always)]
        fn add_product(self, a: Self, b: Self) -> Self {
            unsafe { Self(_mm512_fmadd_ps(a.0, b.0, self.0)) }
        }
    }
}
