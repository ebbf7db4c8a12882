/** Builds dist/: the client, the server, the command line and what it serves agents with, each one file, and beside them the knowledge base and what is loaded later. */

import { chmod, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';
import { readKnowledge } from './knowledge.mjs';
import { later, unwatched, withoutForms } from './later.mjs';
import { collectNotices } from './notices.mjs';
import { root } from './source.mjs';

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
  external: ['vscode'],
  // What is loaded later is required: VS Code gives its interface to nothing else.
  supported: { 'dynamic-import': false },
  define: {
    VERSION: JSON.stringify(manifest.version),
    REPOSITORY: JSON.stringify(manifest.repository.url.replace(/^git\+|\.git$/g, '')),
  },
  // The notices stand in a file of their own.
  legalComments: 'none',
  metafile: true,
  logLevel: 'warning',
};

/** The command line reads every encoding that can be named, the extension those that Windows writes: for them the platform has the tables. */
const alias = { 'iconv-lite': join(root, 'server/src/files/platformDecoder.ts') };

const client = await build({ ...shared, entryPoints: { client: 'client/src/extension.ts' }, plugins: [later] });
const { outdir, outExtension, ...forPage } = shared;
const page = await build({
  ...forPage,
  entryPoints: ['client/src/overviewPage/main.ts'],
  outfile: join(outdir, 'overviewPage.js'),
  platform: 'browser',
  target: 'es2022',
  format: 'iife',
});
/** Installed from a package, a program is started by its name. */
const startedByName = { js: '#!/usr/bin/env node' };
const commandLine = await build({ ...shared, entryPoints: { cli: 'server/src/cli/main.ts' }, plugins: [later], banner: startedByName });
await chmod(join(root, 'dist', 'cli.cjs'), 0o755);
const server = await build({ ...shared, entryPoints: { server: 'server/src/editor/main.ts' }, plugins: [later], alias, banner: startedByName });
await chmod(join(root, 'dist', 'server.cjs'), 0o755);
const agent = await build({ ...shared, entryPoints: { agent: 'server/src/agent/main.ts' }, plugins: [later, withoutForms] });
const parts = {
  compile: 'server/src/knowledge/compile.ts',
  htmlparser2: 'node_modules/htmlparser2/dist/Parser.js',
  iconvLite: 'node_modules/iconv-lite/lib/index.js',
  languageClient: 'client/src/languageClient.ts',
  pages: 'server/src/knowledge/pages.ts',
};
// Nobody waits for a page to be unpacked, and packed so they are a third smaller than the package would make them.
const pages = brotliCompressSync(JSON.stringify(packed.pages)).toString('base64');
// Tables of characters are a third smaller when they are not written as escapes, and everything else is read faster as ASCII.
const loadedLater = await build({ ...shared, entryPoints: parts, plugins: [unwatched], charset: 'utf8', define: { ...shared.define, PAGES: JSON.stringify(pages) } });
// A start reads this: of ASCII alone it is read, and parsed, in half of the time.
const knowledge = JSON.stringify(packed.knowledge).replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
await writeFile(join(root, 'dist', 'knowledge.json'), knowledge);
const bundles = [client, page, commandLine, server, agent, loadedLater];
await writeFile(
  join(root, 'dist', 'THIRD-PARTY-NOTICES.txt'),
  await collectNotices(
    root,
    bundles.map(({ metafile }) => metafile),
  ),
);
console.log(`built dist/ with ${data.failures.length} failures and guides`);
