/** Writes what is generated: the index of all failures and guides, the schema of their front matter, the tools in the extension's manifest, and the page of settings and commands. `npm run check` fails where one is stale. */

import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { readKnowledge } from './knowledge.mjs';
import { root } from './source.mjs';
import { declaredTools } from './tools.mjs';

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
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const { languageModelTools: _, ...contributes } = manifest.contributes;
  const declared = { ...manifest, contributes: { ...contributes, languageModelTools: await declaredTools() } };
  return [
    { path: 'package.json', content: `${JSON.stringify(declared, null, 2)}\n` },
    { path: 'docs/settings.md', content: settingsPage(manifest.contributes) },
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

/** All settings and commands, as the manifest has them. */
function settingsPage({ configuration, commands, menus }) {
  const hidden = new Set(menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command));
  const settings = [configuration]
    .flat()
    .flatMap(({ properties }) => Object.entries(properties))
    .sort(([, one], [, other]) => (one.order ?? 99) - (other.order ?? 99))
    .map(([name, { markdownDescription, description, default: initial, type, enum: values }]) => {
      const kind = values ? values.map((value) => `\`${value}\``).join(', ') : [type].flat().join(' or ');
      return `### \`${name}\`\n\n${markdownDescription ?? description}\n\n*${values ? 'One of ' : 'Type: '}${kind}. Default: \`${JSON.stringify(initial)}\`.*\n`;
    });
  const rows = commands.filter(({ command }) => !hidden.has(command)).map(({ title, category, command }) => `| ${category}: ${title} | \`${command}\` |`);
  return `# Settings and commands\n\nThis page is made from the extension's manifest by \`npm run docs\`.\n\n## Settings\n\n${settings.join('\n')}\n## Commands\n\nIn the command palette; those that need a log or a result are there when there is one.\n\n| Command | Name for keyboard shortcuts |\n|---|---|\n${rows.join('\n')}\n`;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const { path, content } of await generate()) {
    await writeFile(join(root, path), content);
    console.log(`wrote ${path}`);
  }
}
