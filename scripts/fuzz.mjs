/**
 * `npm run fuzz`: spoils logs at random and tries on each what holds for every text (test/support/fuzz/laws/).
 * `npm run fuzz -- --seed 7 --minutes 15`, `--count 2000`, `--law parts`; `--seed 7 --case 42` tries one case, `--text FILE` its law's chance on another text;
 * `--todo` takes for broken what is known not to hold yet.
 */

import path from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { runPackage } from './check.mjs';
import { ensureDependencies, projectFolder } from './install.mjs';

const progressEvery = 10_000;
const usage =
  'npm run fuzz -- [--seed N] [--minutes N | --count N] [--law NAME]... [--keep FOLDER] [--case N] [--text FILE] [--todo]\nSeed 1 for a minute, all laws, and what breaks one is kept in failure/fuzz.';

const asked = readOptions();
await ensureDependencies();
await runPackage('typescript', 'bin/tsc', ['-p', '.']);
// Only now, because it was compiled just now.
const fuzzer = await import(pathToFileURL(path.join(projectFolder, 'out/test/support/fuzz/index.js')).href);
const laws = chooseLaws();
const figures = await fuzz();
tellFigures(figures);
process.exit(figures.broken.size > 0 ? 1 : 0);

/** Ends with the usage where an option is unknown or no number. */
function readOptions() {
  try {
    const text = { type: /** @type {const} */ ('string') };
    const { values } = parseArgs({
      options: { seed: text, minutes: text, count: text, case: text, law: { ...text, multiple: true }, keep: text, text, todo: { type: 'boolean' } },
    });
    const number = (name, least, otherwise) => {
      const value = values[name] === undefined ? otherwise : Number(values[name]);
      if (value !== undefined && !(value >= least)) throw new Error(`--${name} takes a number from ${least} on.`);
      return value;
    };
    const count = number('count', 1);
    return {
      seed: number('seed', 0, 1),
      minutes: number('minutes', 0, count === undefined ? 1 : Number.POSITIVE_INFINITY),
      count,
      number: number('case', 0),
      laws: values.law,
      keep: path.resolve(values.keep ?? path.join(projectFolder, 'failure', 'fuzz')),
      text: values.text,
      isTodoTold: values.todo ?? false,
    };
  } catch (error) {
    console.error(`${error.message}\n\n${usage}`);
    process.exit(2);
  }
}

function chooseLaws() {
  const names = fuzzer.laws.map(({ name }) => name);
  const unknown = asked.laws?.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    console.error(`There is no law ${unknown}. There are: ${names.join(', ')}.`);
    process.exit(2);
  }
  const chosen = fuzzer.laws.filter(({ name }) => asked.laws?.includes(name) ?? true);
  return asked.isTodoTold ? chosen.map((law) => ({ ...law, todo: [] })) : chosen;
}

/** Goes on to the end of the time or of the count; of one case where one was asked for. */
function fuzz() {
  const end = Date.now() + asked.minutes * 60_000;
  let told = Date.now();
  return fuzzer.runRound({
    cases: chooseCases(),
    laws,
    onFault: (fault) => console.log(`\n${fuzzer.keepFault(fault, asked.keep)}\n`),
    onCase: (so) => {
      if (Date.now() - told >= progressEvery) {
        told = Date.now();
        console.log(`seed ${asked.seed}: ${totals(so)}`);
      }
      return Date.now() < end;
    },
  });
}

function chooseCases() {
  const { seed, number, text, count } = asked;
  if (text !== undefined) return [{ ...fuzzer.makeCase(seed, number ?? 0), text: fuzzer.readText(text) }];
  return number === undefined ? fuzzer.casesOf(seed, count) : [fuzzer.makeCase(seed, number)];
}

function tellFigures(so) {
  console.log(`\nSeed ${asked.seed}: ${totals(so)}`);
  list('Broken', so.broken);
  list('Known not to hold yet', so.todo);
  list('Worth a look', so.reported);
  const idle = laws.flatMap((law) => (law.todo ?? []).map(({ why }) => `${law.name}: ${why}`)).filter((entry) => !so.todo.has(entry));
  if (idle.length > 0) console.log(`Expected not to hold, and not seen:\n${idle.map((entry) => `  ${entry}`).join('\n')}`);
  if (so.broken.size > 0) console.log(`\nWhat broke a law is in ${asked.keep}.`);
}

function totals({ cases, characters, findings, broken }) {
  const faults = [...broken.values()].reduce((sum, count) => sum + count, 0);
  return `${cases.toLocaleString('en-US')} cases, ${(characters / 1e6).toFixed(1)} million characters, ${findings.toLocaleString('en-US')} findings, ${faults} broken`;
}

function list(title, counts) {
  if (counts.size === 0) return;
  console.log(`${title}:`);
  for (const [name, count] of [...counts].sort((one, other) => other[1] - one[1])) console.log(`  ${String(count).padStart(6)}  ${name}`);
}
