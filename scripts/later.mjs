/**
 * What a start seldom needs. V8 reads a whole file, and runs what stands outside of its functions, before the product can do anything:
 * so that is in files beside the bundles, each loaded when it is first asked for. esbuild divides no CommonJS by itself.
 */

import { join, relative } from 'node:path';
import { projectFolder } from './install.mjs';

/** The modules that become files of their own, by their path in the project. */
const modules = {
  'client/src/languageClient.ts': './languageClient.cjs',
  'server/src/agent/main.ts': './agent.cjs',
  'server/src/knowledge/compile.ts': './compile.cjs',
};

/** The files that the bundles require as they are named there. */
const files = ['./htmlparser2.cjs', './iconvLite.cjs', './knowledge.json', './pages.cjs'];

/** What stands in for a library until something of it is called. */
const standIns = {
  htmlparser2: "export function Parser(...given) { return new (require('./htmlparser2.cjs').Parser)(...given); }",
  'iconv-lite': `const library = () => require('./iconvLite.cjs');
    export default {
      decode: (...given) => library().decode(...given),
      encodingExists: (...given) => library().encodingExists(...given),
      getDecoder: (...given) => library().getDecoder(...given),
    };`,
  // Commander starts programs for subcommands that are programs, which ours are not: for that, Node would load half of its network.
  'node:child_process': 'module.exports = {};',
};

/** @type {import('esbuild').Plugin} */
export const later = {
  name: 'later',
  setup: ({ initialOptions: { alias = {} }, onResolve, onLoad }) => {
    const standIn = (path) => ({ path, namespace: 'stand-in' });
    onResolve({ filter: /^\./ }, ({ path, resolveDir, kind }) => {
      if (kind === 'entry-point') return undefined;
      const file = files.includes(path) ? path : modules[relative(projectFolder, join(resolveDir, path)).replaceAll('\\', '/')];
      return file === undefined ? undefined : { path: file, external: true };
    });
    onResolve({ filter: /^(?:htmlparser2|iconv-lite)$/ }, ({ path }) => (Object.hasOwn(alias, path) ? undefined : standIn(path)));
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) => (importer.includes('commander') ? standIn(path) : undefined));
    onLoad({ filter: /^/, namespace: 'stand-in' }, ({ path }) => ({ contents: standIns[path], resolveDir: import.meta.dirname }));
  },
};

/**
 * YAML's parser asks at each token whether it is to be shown, and Node asks the system for it: a seventh of the time of reading a document.
 *
 * @type {import('esbuild').Plugin}
 */
export const unwatched = {
  name: 'unwatched',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^process$/ }, ({ path, importer }) => (/[\\/]yaml[\\/]/.test(importer) ? { path, namespace: 'unwatched' } : undefined));
    onLoad({ filter: /^/, namespace: 'unwatched' }, () => ({ contents: 'module.exports = { env: {}, emitWarning: (...given) => globalThis.process.emitWarning(...given) };' }));
  },
};

/**
 * The protocol's library brings a validator for forms that a server asks a user to fill in, a third of it all. Ours asks for none.
 *
 * @type {import('esbuild').Plugin}
 */
export const withoutForms = {
  name: 'without-forms',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^@modelcontextprotocol\/server\/_shims$/ }, ({ path }) => ({ path, namespace: 'without-forms' }));
    onLoad({ filter: /^/, namespace: 'without-forms' }, () => ({
      contents: `export { default as process } from 'node:process';
        export class DefaultJsonSchemaValidator { getValidator() { throw new Error('No form is asked for.'); } }`,
      resolveDir: import.meta.dirname,
    }));
  },
};
