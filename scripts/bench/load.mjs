/** Parts of the server's code, as a module that a measurement can run by themselves. */

import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { projectFolder } from '../install.mjs';

/**
 * @param {string} name of the bundle
 * @param {Record<string, string>} exported what is wanted, and where in server/src it stands
 */
export async function loadServerCode(name, exported) {
  const outfile = join(projectFolder, '.cache', `${name}.mjs`);
  const contents = Object.entries(exported)
    .map(([value, file]) => `export { ${value} } from './server/src/${file}';`)
    .join('\n');
  await build({ stdin: { contents, resolveDir: projectFolder, loader: 'ts' }, outfile, bundle: true, platform: 'node', format: 'esm', logLevel: 'error' });
  return import(pathToFileURL(outfile).href);
}
