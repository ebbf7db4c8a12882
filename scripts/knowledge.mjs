/** Reads the knowledge base's documents and compiles them with the product's own parser. */

import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** @returns {Promise<ReturnType<typeof import('../server/src/knowledge/projectKnowledge.ts').compileKnowledge> & { packed: ReturnType<typeof import('../server/src/knowledge/packed.ts').packKnowledge>, schema: object }>} with the form that is bundled, and the schema of the front matter */
export async function readKnowledge() {
  const compiler = join(root, '.cache', 'compile.mjs');
  await mkdir(join(root, '.cache'), { recursive: true });
  await build({
    entryPoints: [join(root, 'server/src/knowledge/projectKnowledge.ts')],
    outfile: compiler,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const { compileKnowledge, packKnowledge, publishedSchema } = await import(pathToFileURL(compiler).href);
  const compiled = compileKnowledge(await readFiles(join(root, 'knowledge')));
  return { ...compiled, packed: packKnowledge(compiled.data), schema: publishedSchema() };
}

/** @param {string} folder */
async function readFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return Promise.all(paths.sort().map(async (path) => ({ path: relative(root, path).split(sep).join('/'), text: await readFile(path, 'utf8') })));
}
