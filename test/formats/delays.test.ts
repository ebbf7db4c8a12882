/** Notices that a message is still being tried: what keeps it waiting is told, but not as a failure. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { projectKnowledgeBase, readProjectFile } from '../support/project.ts';

const told = (text: string): string[] =>
  findFindings(text, projectKnowledgeBase()).map(({ failure, category, severity, permanence }) => `${failure?.id ?? category} ${severity} ${permanence}`);

const reply = '454 4.7.0 Failed to establish appropriate TLS channel: UntrustedRoot: Access Denied';
const report = (action: string, diagnostic = reply): string =>
  [`Final-Recipient: rfc822; j.doe@fabrikam.com`, `Action: ${action}`, `Status: ${diagnostic.split(' ')[1]}`, `Diagnostic-Code: smtp; ${diagnostic}`, ''].join('\n');

suite('a delay', () => {
  test('of Exim, Sendmail or Postfix is a warning at most, and the failure of the last mail an error', () => {
    assert.deepEqual(told(readProjectFile('test/logs/delay-warnings.mbox')), [
      'tls-untrusted-root warning transient',
      'mailbox-full warning transient',
      'recipient-unknown warning transient',
      'tls-untrusted-root error transient',
    ]);
  });
  test('is one where the report says so, whatever the text says', () => {
    assert.deepEqual(told(report('delayed')), ['tls-untrusted-root warning transient']);
    assert.deepEqual(told(report('failed')), ['tls-untrusted-root error transient']);
    assert.deepEqual(told(`The message has been delayed.\n\n${report('failed')}`), ['tls-untrusted-root error transient']);
  });
  test('that quotes a final answer does not make it less', () => {
    assert.deepEqual(told(report('delayed', '554 5.4.14 Hop count exceeded; possible mail loop')), ['mail-loop error permanent']);
  });
  test('is one where somebody has pasted it, for the reply below the notice', () => {
    const notice = 'THIS IS A WARNING MESSAGE ONLY. YOU DO NOT NEED TO RESEND YOUR MESSAGE.';
    assert.deepEqual(told(`${notice}\n\n<<< ${reply}\n`), ['tls-untrusted-root warning transient']);
    assert.deepEqual(told(`<<< ${reply}\n\n${notice}\n`), ['tls-untrusted-root error transient']);
    assert.deepEqual(told(`${notice}\n\n${'All is well. '.repeat(100)}\n<<< ${reply}\n`), ['tls-untrusted-root error transient']);
  });
});

test('a reply that Postfix has folded before an address goes on behind the fold', () => {
  const mail = readProjectFile('test/logs/delay-warnings.mbox').split(/^(?=From )/m)[2] ?? '';
  const [finding] = findFindings(mail, projectKnowledgeBase());
  assert.equal(finding?.record.response?.text, '450 4.1.1 <m.moe@fabrikam.com>: Recipient address rejected: User unknown in local recipient table');
});
