/** Times, their middle, and how they are written. */

/** How often a thing is measured. */
export const rounds = 5;

/** The median of several runs in seconds, after one to warm up. */
export function median(action) {
  action();
  return middleOf(
    Array.from({ length: rounds }, () => {
      const started = performance.now();
      action();
      return (performance.now() - started) / 1000;
    }),
  );
}

export function middleOf(values) {
  return values.toSorted((one, other) => one - other)[values.length >> 1] ?? 0;
}

export function milliseconds(seconds) {
  return `${(seconds * 1000).toFixed(seconds < 0.01 ? 1 : 0)} ms`;
}
