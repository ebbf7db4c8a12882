/** Writes the generated pages under docs/: the index of all failures and guides. `npm run check` fails where one is stale. */

import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { readKnowledge, root } from './knowledge.mjs';

const path = join(root, 'docs', 'failures.md');

/** Throws where the pages are not those of the documents. */
export async function checkDocs() {
  const { data } = await readKnowledge();
  const written = await readFile(path, 'utf8').catch(() => '');
  if (written !== failureIndex(data.failures)) throw new Error('docs/failures.md is stale: run "npm run docs".');
}

/** @param {readonly import('../server/src/values.ts').Failure[]} documents */
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
  const { data } = await readKnowledge();
  await mkdir(join(root, 'docs'), { recursive: true });
  await writeFile(path, failureIndex(data.failures));
  console.log(`docs/failures.md: ${data.failures.length} failures and guides`);
}
