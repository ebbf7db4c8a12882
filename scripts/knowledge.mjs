/** Reads the knowledge base's documents and compiles them with the product's own parser. */

import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export const root = fileURLToPath(new URL('..', import.meta.url));

/** @returns {Promise<ReturnType<typeof import('../server/src/knowledge/projectKnowledge.ts').compileKnowledge> & { packed: ReturnType<typeof import('../server/src/knowledge/packed.ts').packKnowledge>, schema: object }>} with the form that is bundled, and the schema of the front matter */
export async function readKnowledge() {
  const folder = join(root, '.cache');
  await mkdir(folder, { recursive: true });
  await build({
    entryPoints: { compile: join(root, 'server/src/knowledge/projectKnowledge.ts'), formats: join(root, 'server/src/formats/index.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    logLevel: 'error',
  });
  const { compileKnowledge, packKnowledge, publishedSchema } = await import(pathToFileURL(join(folder, 'compile.mjs')).href);
  const { formatIds } = await import(pathToFileURL(join(folder, 'formats.mjs')).href);
  const compiled = compileKnowledge(await readFiles(join(root, 'knowledge')), formatIds);
  return { ...compiled, packed: packKnowledge(compiled.data), schema: publishedSchema() };
}

/** @param {string} folder */
async function readFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return Promise.all(paths.sort().map(async (path) => ({ path: relative(root, path).split(sep).join('/'), text: await readFile(path, 'utf8') })));
}
