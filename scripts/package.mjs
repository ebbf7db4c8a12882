/** Makes the VSIX out of dist/: only what runs. */

import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { unzipSync } from 'fflate';
import { root } from './knowledge.mjs';

/** A larger package would be slow to install and says that something slipped in. */
const largest = 600 * 1024;

/** Writes the VSIX and gives its path and its size in bytes. */
export async function packageExtension() {
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const path = join(root, `mailflow-lens-${manifest.version}.vsix`);
  await rm(path, { force: true });
  await createVSIX({ cwd: root, packagePath: path, dependencies: false });
  const { size } = await stat(path);
  if (size > largest) throw new Error(`The VSIX has ${Math.round(size / 1024)} KB, more than ${largest / 1024}.`);
  return { path, size };
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
  const { path, size } = await packageExtension();
  console.log(`${path}: ${Math.round(size / 1024)} KB`);
}
