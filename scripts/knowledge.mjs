/** Reads the knowledge base's documents and compiles them with the product's own parser. */

import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { loadSource, root } from './source.mjs';

/** @returns {Promise<ReturnType<typeof import('../server/src/knowledge/projectKnowledge.ts').compileKnowledge> & { packed: ReturnType<typeof import('../server/src/knowledge/packed.ts').packKnowledge>, schema: object }>} with the form that is bundled, and the schema of the front matter */
export async function readKnowledge() {
  const { compileKnowledge, packKnowledge, publishedSchema } = await loadSource('knowledge/projectKnowledge.ts');
  const { formatIds } = await loadSource('formats/index.ts');
  const compiled = compileKnowledge(await readFiles(join(root, 'knowledge')), formatIds);
  return { ...compiled, packed: packKnowledge(compiled.data), schema: publishedSchema() };
}

/** @param {string} folder */
async function readFiles(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return Promise.all(paths.sort().map(async (path) => ({ path: relative(root, path).split(sep).join('/'), text: await readFile(path, 'utf8') })));
}
