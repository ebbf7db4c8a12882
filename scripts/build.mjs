/** Builds dist/: the client, the server and the command line, each one file, with the knowledge base inside. */

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { readKnowledge, root } from './knowledge.mjs';

const { data, faults } = await readKnowledge();
if (faults.length > 0) {
  console.error(faults.map(({ path, line, message }) => `${path}:${line}: ${message}`).join('\n'));
  process.exit(1);
}

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
await rm(join(root, 'dist'), { recursive: true, force: true });
await build({
  entryPoints: { server: 'server/src/server.ts', cli: 'server/src/cli.ts', client: 'client/src/extension.ts' },
  absWorkingDir: root,
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  external: ['vscode'],
  define: {
    KNOWLEDGE: JSON.stringify(data),
    VERSION: JSON.stringify(manifest.version),
    REPOSITORY: JSON.stringify(manifest.repository.url.replace(/^git\+|\.git$/g, '')),
  },
  legalComments: 'none',
  logLevel: 'warning',
});
console.log(`built dist/ with ${data.failures.length} failures and guides`);
