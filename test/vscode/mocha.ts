/**
 * The one mocha of the run inside VS Code, and the `suite`, `test` and `setup` that the test files beside this one import.
 * Imported names instead of mocha's global ones: a test file then works whatever the order of the imports in suite.ts.
 */
import Mocha from 'mocha';

export const mocha = new Mocha({ ui: 'tdd', color: false, timeout: 20_000 });

const names = {} as Mocha.MochaGlobals;
mocha.suite.emit('pre-require', names, '', mocha);

export const { suite, test, setup, teardown, suiteSetup, suiteTeardown } = names;
