/** Builds dist/: the client, the server and the command line, with the knowledge base inside; each is one file, but for the client's library. */

import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { readKnowledge, root } from './knowledge.mjs';

const { data, packed, faults } = await readKnowledge();
if (faults.length > 0) {
  console.error(faults.map(({ path, line, column, message }) => `${path}:${line}:${column}: ${message}`).join('\n'));
  process.exit(1);
}

const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
await rm(join(root, 'dist'), { recursive: true, force: true });
const shared = {
  absWorkingDir: root,
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  bundle: true,
  minify: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // Tables of characters are a third smaller when they are not written as escapes.
  charset: 'utf8',
  external: ['vscode'],
  define: {
    KNOWLEDGE: JSON.stringify(packed),
    VERSION: JSON.stringify(manifest.version),
    REPOSITORY: JSON.stringify(manifest.repository.url.replace(/^git\+|\.git$/g, '')),
  },
  legalComments: 'none',
  logLevel: 'warning',
};

/** The command line reads every encoding that can be named, the extension those that Windows writes: for them the platform has the tables. */
const alias = { 'iconv-lite': join(root, 'server/src/platformDecoder.ts') };

/** The part of the client that is loaded when the server is needed, as a file of its own; esbuild divides no CommonJS by itself. */
const laterLoaded = {
  name: 'later-loaded',
  setup: ({ onResolve }) => onResolve({ filter: /^\.\/languageClient\.ts$/ }, () => ({ path: './languageClient.cjs', external: true })),
};

await build({ ...shared, entryPoints: { cli: 'server/src/cli.ts', languageClient: 'client/src/languageClient.ts' } });
// VS Code gives its interface to what is required, so an import that waits becomes a require too.
await build({ ...shared, entryPoints: { client: 'client/src/extension.ts' }, plugins: [laterLoaded], supported: { 'dynamic-import': false } });
await build({ ...shared, entryPoints: { server: 'server/src/main.ts' }, alias });
console.log(`built dist/ with ${data.failures.length} failures and guides`);
