/** Writes what is generated: the index of all failures and guides, and the schema of their front matter. `npm run check` fails where one is stale. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { readKnowledge, root } from './knowledge.mjs';

/** Throws where a file is not what the documents and the parser give. */
export async function checkDocs() {
  for (const { path, content } of await generate()) {
    const written = await readFile(join(root, path), 'utf8').catch(() => '');
    if (written !== content) throw new Error(`${path} is stale: run "npm run docs".`);
  }
}

/** The generated files: their paths and what they must hold. */
async function generate() {
  const { data, schema } = await readKnowledge();
  return [
    { path: 'docs/failures.md', content: failureIndex(data.failures) },
    { path: 'knowledge/failure.schema.json', content: `${JSON.stringify(schema, null, 2)}\n` },
  ];
}

/** @param {readonly import('../server/src/failures.ts').Failure[]} documents */
function failureIndex(documents) {
  const failures = documents.filter(({ kind }) => kind === 'failure');
  const categories = [...new Set(failures.map(({ category }) => category))].sort();
  const sections = categories.map((category) => {
    const rows = failures
      .filter((failure) => failure.category === category)
      .map(({ id, title, severity, products, page }) => `| [${id}](../${page}) | ${title} | ${severity} | ${products.join(', ')} |`);
    return `## ${category}\n\n| Failure | What it is | Severity | Products |\n|---|---|---|---|\n${rows.join('\n')}\n`;
  });
  const guides = documents.filter(({ kind }) => kind === 'guide').map(({ id, title, products, page }) => `| [${id}](../${page}) | ${title} | ${products.join(', ')} |`);
  sections.push(
    `## Guides\n\nRunbooks for no failure in particular: the checks after a change, and what keeps failures away.\n\n| Guide | What it is for | Products |\n|---|---|---|\n${guides.join('\n')}\n`,
  );
  return `# Failures\n\nThe ${failures.length} failures that Mailflow Lens knows, by category. Each leads to its document: meaning, cause, runbook, references. This page is made from the documents by \`npm run docs\`.\n\n${sections.join('\n')}`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { path, content } of await generate()) {
    await writeFile(join(root, path), content);
    console.log(`wrote ${path}`);
  }
}
