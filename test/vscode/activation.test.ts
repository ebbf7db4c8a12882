/** The extension starts when a log is opened, and not only when somebody asks for it. */
import assert from 'node:assert/strict';
import { extensions, languages, workspace } from 'vscode';
import { suite, test } from './mocha.ts';
import { until } from './poll.ts';

suite('activation', () => {
  test('the language mailflow-log is known', async () => {
    assert.ok((await languages.getLanguages()).includes('mailflow-log'));
  });

  test('a mailflow-log document activates the extension', async () => {
    const extension = extensions.getExtension('mailflow-lens.mailflow-lens');
    assert.ok(extension, 'the extension is not installed');
    await workspace.openTextDocument({ language: 'mailflow-log', content: '#Log-type: SMTP Send Protocol Log\n' });
    await until('the extension is active', () => extension.isActive);
  });
});
