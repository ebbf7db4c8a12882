/** What goes by chance in the logs, and a clock that goes with it: the same for the same seed. */

/** @param {number} seed */
export function createChance(seed) {
  let state = seed;
  let now = Date.UTC(2026, 0, 15, 8);
  // A linear congruential generator with the constants of Numerical Recipes.
  const step = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state;
  };
  const below = (limit) => Math.floor((step() / 2 ** 32) * limit);
  const of = (values) => values[below(values.length)];
  const hexadecimal = (length) => {
    let digits = '';
    // The upper digits of each number: the lower bits of such a generator repeat soon.
    while (digits.length < length) digits += (step() >>> 8).toString(16).padStart(6, '0');
    return digits.slice(0, length).toUpperCase();
  };
  return {
    below,
    of,
    hexadecimal,
    oneIn: (number) => below(number) === 0,
    /** A time later than the one before, by no more than so many milliseconds. */
    later: (most) => {
      now += 1 + below(most);
      return new Date(now);
    },
    address: (domain) => `${of(['agnes', 'bert', 'clara', 'dmitri', 'jürgen', 'zoë'])}.${hexadecimal(4).toLowerCase()}@${domain}`,
    remote: () => `203.0.113.${1 + below(254)}`,
  };
}
