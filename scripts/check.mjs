/** `npm run check`: types, format, lint, import boundaries, generated pages, workflows and licences. Compiles to out/, where the tests run. */

import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { ensureDependencies, projectFolder, run } from './install.mjs';

/** Rejects with the first thing that is not as it should be; what it is stands on the console. */
export async function check() {
  await ensureDependencies();
  await rm(join(projectFolder, 'out'), { recursive: true, force: true });
  await runPackage('typescript', 'bin/tsc', ['-p', '.']);
  // The page in a webview has a browser's names, and nothing else has.
  await runPackage('typescript', 'bin/tsc', ['-p', join('client', 'src', 'overviewPage')]);
  await runPackage('@biomejs/biome', 'bin/biome', ['check', '--error-on-warnings']);
  const [{ checkDocs }, { checkWorkflows }, { checkLicences }] = await Promise.all([import('./docs.mjs'), import('./workflows.mjs'), import('./licences.mjs')]);
  await checkDocs();
  await checkWorkflows();
  await checkLicences();
}

/**
 * Runs a program of an installed package.
 *
 * @param {string} name
 * @param {string} script its path in the package
 * @param {string[]} words
 */
export function runPackage(name, script, words) {
  return run(process.execPath, [join(projectFolder, 'node_modules', name, script), ...words], { cwd: projectFolder });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await check();
