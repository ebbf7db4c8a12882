/** Puts the names of snippets in the place of the blocks that documents repeat: where a block of a script is a snippet word for word, `# snippet: name` says the same. */

import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { root } from './source.mjs';

/**
 * @param {string} document
 * @param {ReadonlyMap<string, string>} snippets their names by their text
 */
export function nameSnippets(document, snippets) {
  return document.replace(/^(```powershell\n)([\s\S]*?)(?=^```)/gm, (fence, opening, script) => {
    const blocks = script.trimEnd().split('\n\n');
    if (!blocks.some((/** @type {string} */ block) => snippets.has(block))) return fence;
    return `${opening}${blocks.map((/** @type {string} */ block) => (snippets.has(block) ? `# snippet: ${snippets.get(block)}` : block)).join('\n\n')}\n`;
  });
}

/** @returns {Promise<Map<string, string>>} the names of the snippets by their text */
export async function readSnippets() {
  const folder = join(root, 'knowledge/snippets');
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ps1')).sort();
  return new Map(await Promise.all(names.map(async (name) => /** @type {const} */ ([(await readFile(join(folder, name), 'utf8')).trimEnd(), basename(name, '.ps1')]))));
}

/** @param {readonly string[]} only the ids of the documents; none: all */
async function run(only) {
  const snippets = await readSnippets();
  const entries = await readdir(join(root, 'knowledge'), { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.name.endsWith('.md') || (only.length > 0 && !only.includes(basename(entry.name, '.md')))) continue;
    const path = join(entry.parentPath ?? entry.path, entry.name);
    const text = await readFile(path, 'utf8');
    const named = nameSnippets(text, snippets);
    if (named === text) continue;
    await writeFile(path, named);
    console.log(`${entry.name}: ${named.split('# snippet: ').length - text.split('# snippet: ').length} blocks`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await run(process.argv.slice(2));
