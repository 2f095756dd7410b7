// What chance alone does to a count: exact Poisson interval, exact test of two counts.

/** @param {number} x */
function logGamma(x) {
  // Stirling's series, after moving up to where it holds to 1e-12.
  let shift = 0;
  for (; x < 12; x += 1) shift -= Math.log(x);
  const y = 1 / (x * x);
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y / 1680))) / x;
  return shift + (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series;
}

// Share of a gamma distribution of shape a that lies below x.
/** @param {number} a @param {number} x */
function gammaBelow(a, x) {
  if (x <= 0) return 0;
  const front = Math.exp(a * Math.log(x) - x - logGamma(a));
  return x < a + 1 ? front * rising(a, x) : 1 - front * falling(a, x);
}

/** @param {number} a @param {number} x */
function rising(a, x) {
  let term = 1 / a;
  let sum = term;
  for (let k = 1; k < 1e5 && term > sum * 1e-14; k += 1) {
    term *= x / (a + k);
    sum += term;
  }
  return sum;
}

// Lentz's continued fraction.
/** @param {number} a @param {number} x */
function falling(a, x) {
  let b = x + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let product = d;
  for (let k = 1; k < 1e5; k += 1) {
    const step = k * (a - k);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    product *= d * c;
    if (Math.abs(d * c - 1) < 1e-14) break;
  }
  return product;
}

// Newton's steps from Wilson and Hilferty's guess, kept inside what is known of it.
/** @param {number} share @param {number} a */
function gammaQuantile(share, a) {
  const z = share < 0.5 ? -1.96 : 1.96;
  const guess = a * (1 - 1 / (9 * a) + z / (3 * Math.sqrt(a))) ** 3;
  let low = 0;
  let high = Math.max(guess * 2, a + 10);
  let x = Math.min(Math.max(guess, 1e-8), high);
  for (let k = 0; k < 80 && high - low > 1e-9 * (1 + x); k += 1) {
    const off = gammaBelow(a, x) - share;
    if (off > 0) high = x;
    else low = x;
    const slope = Math.exp((a - 1) * Math.log(x) - x - logGamma(a));
    const next = x - off / slope;
    x = next > low && next < high ? next : (low + high) / 2;
  }
  return x;
}

/** @type {Map<number, { low: number, high: number }>} */
const intervals = new Map();

/** Garwood's 95 % interval for the mean behind a count.
 *  @param {number} n @returns {{ low: number, high: number }} */
export function chanceInterval(n) {
  const known = intervals.get(n);
  if (known) return known;
  const low = n === 0 ? 0 : gammaQuantile(0.025, n);
  const found = { low, high: gammaQuantile(0.975, n + 1) };
  intervals.set(n, found);
  return found;
}

/** Two-sided exact p that two counts over equal times have one mean (binomial, 1/2).
 *  @param {number} first @param {number} second */
export function chanceOfDifference(first, second) {
  const total = first + second;
  const least = Math.min(first, second);
  let tail = 0;
  for (let k = 0; k <= least; k += 1) {
    tail += Math.exp(
      logGamma(total + 1) - logGamma(k + 1) - logGamma(total - k + 1) -
        total * Math.LN2,
    );
  }
  return Math.min(1, 2 * tail);
}
