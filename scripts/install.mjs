/** Brings the npm packages of a folder to what its lock file says: the step before every other one on a fresh clone, so only Node's own modules here. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';

/** The project's folder, absolute. */
export const projectFolder = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Installs the project's own packages where they are missing or not those of package-lock.json. */
export async function ensureDependencies() {
  await ensurePackages(projectFolder, 'the packages this project is built with');
}

/**
 * Installs the packages of `folder` where they are missing or not those of its package-lock.json.
 *
 * @param {string} folder holds package.json and package-lock.json
 * @param {string} what is installed, for the line on the console
 * @returns {Promise<boolean>} whether anything was installed
 */
export async function ensurePackages(folder, what) {
  if (isInstalled(folder)) return false;
  console.log(`Installing ${what} (once; later runs find them) ...`);
  await runNpm(['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'], folder);
  return true;
}

/**
 * npm leaves a copy of the lock file in node_modules as its last step; it names what was installed, so an
 * interrupted installation has none. Optional packages are not compared: another platform's never arrive.
 */
function isInstalled(folder) {
  const wanted = readPackages(path.join(folder, 'package-lock.json'));
  const present = readPackages(path.join(folder, 'node_modules', '.package-lock.json'));
  if (!wanted) throw new Error(`${folder} has no readable package-lock.json.`);
  if (!present) return false;
  return Object.entries(wanted).every(
    ([name, { version, integrity, optional }]) => name === '' || optional || (present[name] && present[name].version === version && present[name].integrity === integrity),
  );
}

function readPackages(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages;
  } catch {
    return undefined;
  }
}

/** Runs npm as it was itself started where it was, because only then its path is known for certain. */
async function runNpm(args, cwd) {
  const started = Date.now();
  const ticker = setInterval(() => console.log(`  still installing, ${Math.round((Date.now() - started) / 1000)} s`), 10_000);
  try {
    const npmScript = process.env.npm_execpath;
    const isNpm = npmScript && /npm-cli\.c?js$/.test(npmScript);
    await run(isNpm ? process.execPath : 'npm', isNpm ? [npmScript, ...args] : args, { cwd, shell: !isNpm && process.platform === 'win32' });
  } catch (error) {
    throw new Error(`npm ${args.join(' ')} did not succeed in ${cwd}: ${error.message}. npm's own words are above.`);
  } finally {
    clearInterval(ticker);
  }
}

/**
 * Runs a command to its end, its output on this console. Rejects when it can't start or its exit code is not 0.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} [options]
 * @returns {Promise<void>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: 'inherit', ...options });
    child.once('error', reject);
    child.once('exit', (code, signal) => (code === 0 ? resolve() : reject(new Error(`${path.basename(command)} ended with ${signal ?? `exit code ${code}`}`))));
  });
}
