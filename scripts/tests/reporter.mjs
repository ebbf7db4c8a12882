/** Tells of tests what a person wants who is just writing: what failed and where, what was skipped, how many passed, and what took longest. */

import { sourceOf } from './files.mjs';

/**
 * @param {AsyncIterable<import('node:test/reporters').TestEvent>} events
 * @param {{ passed: number, failed: number }} counts what is counted is added here
 */
export async function* tellOfTests(events, counts) {
  /** The suites around the test that is told of, and its own name, by depth. */
  const names = [];
  const files = new Map();
  const tests = [];
  const before = { ...counts };
  for await (const { type, data } of events) {
    if (type === 'test:start') names.splice(data.nesting, names.length, data.name);
    if (type === 'test:stderr') yield data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    const name = `${sourceOf(data.file)}: ${[...names.slice(0, data.nesting), data.name].join(' > ')}`;
    const { details } = data;
    if (data.skip !== undefined) yield `SKIPPED ${name}${typeof data.skip === 'string' ? `: ${data.skip}` : ''}\n`;
    // What is known not to hold yet fails nobody.
    else if (type === 'test:fail' && data.todo !== undefined) yield `NOT YET ${name}${typeof data.todo === 'string' ? `: ${data.todo}` : ''}\n`;
    // A suite fails with its tests, or by itself, where its own steps do.
    else if (type === 'test:fail' && details.error?.failureType !== 'subtestsFailed') {
      counts.failed += 1;
      yield `FAILED ${name}\n${details.error?.cause?.stack ?? details.error?.stack ?? details.error}\n\n`;
    } else if (type === 'test:pass' && details.type !== 'suite') counts.passed += 1;
    if (details.type === 'suite') continue;
    files.set(sourceOf(data.file), (files.get(sourceOf(data.file)) ?? 0) + details.duration_ms);
    tests.push([name, details.duration_ms]);
  }
  yield `${counts.passed - before.passed} passed, ${counts.failed - before.failed} failed\nThe slowest files: ${slowest([...files])}\nThe slowest tests: ${slowest(tests)}\n`;
}

/** As Node's `--test-reporter` takes it. */
export default async function* report(events) {
  yield* tellOfTests(events, { passed: 0, failed: 0 });
}

/** @param {[string, number][]} all */
function slowest(all) {
  const three = all.sort(([, one], [, other]) => other - one).slice(0, 3);
  return three.map(([name, milliseconds]) => `\n  ${(milliseconds / 1000).toFixed(2)} s  ${name}`).join('');
}
