/**
 * What a start seldom needs. V8 reads a whole file, and runs what stands outside of its functions, before the product can do anything:
 * so that is in files beside the bundles, each loaded when it is first asked for. esbuild divides no CommonJS by itself.
 */

/** What is imported or required, and the file that it becomes. */
const files = {
  './languageClient.ts': './languageClient.cjs',
  './knowledge/compile.ts': './compile.cjs',
  '../knowledge/compile.ts': './compile.cjs',
  './htmlparser2.cjs': './htmlparser2.cjs',
  './iconvLite.cjs': './iconvLite.cjs',
  './knowledge.json': './knowledge.json',
  './pages.cjs': './pages.cjs',
};

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
  // YAML's parser asks at each token whether it is to be shown, and Node asks the system for it: a seventh of the time of reading a document.
  process: 'module.exports = { env: {}, emitWarning: (...given) => globalThis.process.emitWarning(...given) };',
};

/** @type {import('esbuild').Plugin} */
export const later = {
  name: 'later',
  setup: ({ initialOptions: { alias = {} }, onResolve, onLoad }) => {
    const standIn = (path) => ({ path, namespace: 'stand-in' });
    onResolve({ filter: /^\./ }, ({ path }) => (Object.hasOwn(files, path) ? { path: files[path], external: true } : undefined));
    onResolve({ filter: /^(?:htmlparser2|iconv-lite)$/ }, ({ path }) => (Object.hasOwn(alias, path) ? undefined : standIn(path)));
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) => (importer.includes('commander') ? standIn(path) : undefined));
    onResolve({ filter: /^process$/ }, ({ path, importer }) => (/[\\/]yaml[\\/]/.test(importer) ? standIn(path) : undefined));
    onLoad({ filter: /^/, namespace: 'stand-in' }, ({ path }) => ({ contents: standIns[path], resolveDir: import.meta.dirname }));
  },
};
