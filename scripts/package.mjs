/** Makes the VSIX out of dist/: only what runs. */

import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createVSIX } from '@vscode/vsce';
import { root } from './knowledge.mjs';

/** A larger package would be slow to install and says that something slipped in. */
const largest = 600 * 1024;

/** Writes the VSIX and gives its path. */
export async function packageExtension() {
  const path = join(root, '.cache', 'mailflow-lens.vsix');
  await mkdir(join(root, '.cache'), { recursive: true });
  await rm(path, { force: true });
  await createVSIX({ cwd: root, packagePath: path, dependencies: false, allowMissingRepository: true });
  const { size } = await stat(path);
  if (size > largest) throw new Error(`The VSIX has ${Math.round(size / 1024)} KB, more than ${largest / 1024}.`);
  return { path, size };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { path, size } = await packageExtension();
  console.log(`${path}: ${Math.round(size / 1024)} KB`);
}
