/** Modules of the source, for scripts that need what the product knows of itself. */

import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Loads one of them as it stands, without what a build leaves behind.
 *
 * @param {string} path below server/src, such as `formats/index.ts`
 */
export async function loadSource(path) {
  const folder = join(root, '.cache');
  await mkdir(folder, { recursive: true });
  const outfile = join(folder, path.replaceAll('/', '-').replace(/\.ts$/, '.mjs'));
  await build({ entryPoints: [join(root, 'server/src', path)], outfile, bundle: true, platform: 'node', format: 'esm', packages: 'external', logLevel: 'error' });
  return import(pathToFileURL(outfile).href);
}
