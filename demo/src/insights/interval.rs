//! How sure a rate is: Wilson's interval, which holds for few as for many, and never leaves 0 to 1.

use serde::Serialize;

/// The quantile of the normal distribution for 95 %.
const Z: f64 = 1.959_963_984_540_054;

/// So many of so many, with the interval that holds the true rate 95 times in 100.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Rate {
    /// How many did.
    pub count: u64,
    /// Of how many who could.
    pub of: u64,
    /// The rate; nothing of nobody.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<f64>,
    /// The interval's lower end.
    pub low: f64,
    /// The interval's upper end.
    pub high: f64,
}

/// Wilson's score interval at 95 %, <https://doi.org/10.1080/01621459.1927.10502953>. `count` is a part of `of`.
#[expect(
    clippy::cast_precision_loss,
    reason = "counts of viewers are far below 2^52"
)]
pub fn wilson(count: u64, of: u64) -> Rate {
    let count = count.min(of);
    if of == 0 {
        return Rate {
            count,
            of,
            rate: None,
            low: 0.0,
            high: 1.0,
        };
    }
    let (n, rate) = (of as f64, count as f64 / of as f64);
    let square = Z * Z;
    let middle = rate + square / (2.0 * n);
    let half = Z * (rate * (1.0 - rate) / n + square / (4.0 * n * n)).sqrt();
    let whole = 1.0 + square / n;
    Rate {
        count,
        of,
        rate: Some(rate),
        low: ((middle - half) / whole).max(0.0),
        high: ((middle + half) / whole).min(1.0),
    }
}
