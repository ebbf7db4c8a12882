/** `npm run package`: builds, and makes the VSIX out of dist/: only what runs. */

import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { unzipSync } from 'fflate';
import { run } from './install.mjs';
import { root } from './source.mjs';

/** A larger package would be slow to install and says that something slipped in. */
const largest = 776 * 1024;

/**
 * Writes the VSIX of what has been built, and gives its path and its size in bytes.
 * Rejects where a file that belongs to it has not been built.
 */
export async function packageExtension() {
  await expectAllFiles();
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const path = join(root, `mailflow-lens-${manifest.version}.vsix`);
  await rm(path, { force: true });
  await createVSIX({ cwd: root, packagePath: path, dependencies: false });
  const { size } = await stat(path);
  if (size > largest) throw new Error(`The VSIX has ${Math.round(size / 1024)} KB, more than ${largest / 1024}.`);
  return { path, size };
}

/** Every line of .vscodeignore that lets a file of dist/ in names one that is there. */
async function expectAllFiles() {
  const lines = (await readFile(join(root, '.vscodeignore'), 'utf8')).split(/\r?\n/);
  for (const line of lines.filter((one) => one.startsWith('!dist/'))) {
    await stat(join(root, line.slice(1))).catch(() => {
      throw new Error(`${line.slice(1)} is missing: build first.`);
    });
  }
}

/**
 * Unpacks a VSIX as VS Code does when it installs one, and gives the extension's folder.
 *
 * @param {string} path
 */
export async function unpackExtension(path) {
  const folder = join(root, '.cache', 'extension');
  await rm(folder, { recursive: true, force: true });
  for (const [name, content] of Object.entries(unzipSync(await readFile(path)))) {
    if (!name.startsWith('extension/') || name.endsWith('/')) continue;
    const file = join(folder, name.slice('extension/'.length));
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, content);
  }
  return folder;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await run(process.execPath, ['scripts/build.mjs'], { cwd: root });
  const { path, size } = await packageExtension();
  console.log(`${path}: ${Math.round(size / 1024)} KB`);
}
