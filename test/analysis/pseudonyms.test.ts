/** Stand-ins for people and machines: stable, telling who belongs where, and changing nothing of what a response says. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { Pseudonyms } from '../../server/src/analysis/pseudonyms.ts';
import { filesBelow, projectKnowledgeBase, readProjectFile } from '../support/project.ts';
import { trials, tried } from '../support/trials.ts';

suite('pseudonyms', () => {
  const redacted = (...texts: readonly string[]): string[] => {
    const pseudonyms = new Pseudonyms();
    return texts.map((text) => pseudonyms.redact(text));
  };

  test('are the same for the same address in any case and any place, and tell the domain apart from the user', () => {
    const [refused, logged, other] = redacted(
      '<Kim@contoso.com>: User unknown',
      'to=kim@CONTOSO.com, relay=mx.contoso.com[203.0.113.9]:25',
      'from kim@fabrikam.com at 203.0.113.9 and 203.0.113.10',
    );
    assert.equal(refused, '<user-1@domain-1.invalid>: User unknown');
    assert.equal(logged, 'to=user-1@domain-1.invalid, relay=host-1.domain-1.invalid[240.0.0.1]:25');
    assert.equal(redacted('e=kim%40contoso.com to kim@contoso.com')[0], 'e=user-1@domain-1.invalid to user-1@domain-1.invalid');
    assert.equal(other, 'from user-1@domain-2.invalid at 240.0.0.1 and 240.0.0.2');
  });

  test('stand for hosts without a dot, once something has said that they are hosts', () => {
    assert.deepEqual(redacted('EX01 is a word', 'EHLO EX01', 'EX01 said no'), ['EX01 is a word', 'EHLO host-1', 'host-1 said no']);
    const pseudonyms = new Pseudonyms();
    assert.equal(pseudonyms.captures({ server: 'EX02', receiveConnector: 'EX02\\Default Frontend EX02' }).receiveConnector, 'host-1\\Default Frontend host-1');
    assert.equal(pseudonyms.captures({ receiveConnector: 'EX03\\Relay of EX03' }).receiveConnector, 'host-2\\Relay of host-2');
    assert.equal(pseudonyms.captures({ receiveConnector: 'from mx.contoso.com' }).receiveConnector, 'from host-3.domain-1.invalid');
    assert.equal(pseudonyms.captures({ queue: 'EX03\\contoso.com' }).queue, 'host-2\\domain-1.invalid');
    assert.equal(pseudonyms.captures({ certificateSubject: 'CN=mail.contoso.com, O=Contoso Ltd, C=US' }).certificateSubject, 'CN=host-4.domain-1.invalid, O=entry-1, C=entry-2');
  });

  test('stand for subjects, names before an address, entries of a directory and what stands in links', () => {
    const texts = redacted(
      'Subject: Merger with Fabrikam\r\nnext',
      '"Kim Smith" <kim@contoso.com>',
      'IMCEAEX /o=Contoso/ou=Exchange/cn=Kim Smith',
      'see https://fabrikam.com/?e=kim%40contoso.com&ip=203.0.113.9 now',
      'see https://www.spamhaus.org/query/ip/203.0.113.9',
      'SRS0=ab=cd=contoso.com=kim@fabrikam.com 2001:470::25 [IPv6:2001:470::25]',
    );
    for (const text of texts) assert.doesNotMatch(text, /Merger|Kim|kim|Contoso|contoso|fabrikam|203\.0\.113|2001:470/);
    assert.match(texts[0] ?? '', /^Subject: subject-1\r\nnext$/);
    assert.match(texts[4] ?? '', /www\.spamhaus\.org/);
  });

  test('stand for users without a domain where a text is about them, or says that they are users', () => {
    const pseudonyms = new Pseudonyms();
    const about = { recipient: 'anna@contoso.com' };
    assert.equal(pseudonyms.redact('the mailbox of anna is full', about), 'the mailbox of user-1 is full');
    assert.equal(pseudonyms.redact('user=anna, /var/mail/anna, /home/bob/Maildir, C:\\Users\\bob\\x'), 'user=user-1, /var/mail/user-1, /home/user-2/Maildir, C:\\Users\\user-2\\x');
    assert.equal(pseudonyms.redact('anna is a word here, and mailbox one anywhere', { recipient: 'mailbox@contoso.com' }), 'anna is a word here, and mailbox one anywhere');
    assert.equal(pseudonyms.redact('c=US;a= ;p=fabrikam;o=Sales'), 'entry-1');
  });

  test('leave codes, times, versions and the words of programs', () => {
    const text = '550 5.1.1 RESOLVER.ADR.RecipNotFound at 2026-01-15T08:00:01.000Z, 15.20.7228.017, TLS1.2:ECDHE, 08:00:01';
    assert.deepEqual(redacted(text), [text]);
  });

  test('leave nothing of a name, whatever stands around it', () => {
    const part = fc.constantFrom('kim@contoso.com', 'mx.contoso.co.uk', '203.0.113.9', '2001:470::25', '550 5.1.1', ' ', '<', '>', '=', 'EHLO ', '"', '.', '@', 'a', '/o=');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        const [text = ''] = redacted(parts.join(''));
        assert.doesNotMatch(text, /kim@contoso|mx\.contoso\.co\.uk/);
      }),
      trials(300),
    );
  });

  test('are given to names of any length, and take a time that grows with the text', () => {
    const long = 'x'.repeat(100_000);
    for (const text of [`${long}.contoso.com`, `${long}@contoso.com`, `kim@${long}.com`, `${'a.'.repeat(50_000)}com`, `Subject: ${long} contoso`]) {
      assert.ok((redacted(text)[0] as string).length < 100, text.slice(-20));
    }
    for (const piece of ['a', 'a.', 'a@', '1:', '"a ', '/o=', 'subject:', '"', '-', 'a%40', 'https://']) redacted(piece.repeat(100_000));
  });

  test('leave nothing of what a log names, and every response the failure that it is', () => {
    const knowledge = projectKnowledgeBase();
    const pseudonyms = new Pseudonyms();
    let count = 0;
    for (const path of tried(filesBelow('test/logs').filter((name) => !name.endsWith('.expected')))) {
      for (const { record } of findFindings(readProjectFile(path), knowledge)) {
        const { response, captures } = record;
        const told = pseudonyms.captures(captures);
        if (!response) continue;
        const text = pseudonyms.redact(response.text);
        for (const name of ['recipient', 'sender', 'recipientDomain', 'remoteHost', 'remoteAddress'] as const) {
          const value = captures[name];
          if (value === undefined || !/[.@]/.test(value) || /^(?:127\.0\.0\.1|::1)$|spamhaus|spamcop/.test(value)) continue;
          assert.ok(!JSON.stringify([text, told]).toLowerCase().includes(value.toLowerCase()), `${path}: ${value} in ${JSON.stringify([text, told])}`);
          count += 1;
        }
        const [before, after] = [response.text, text].map((said) => findFindings(said, knowledge)[0]);
        assert.deepEqual([after?.failure?.id, after?.record.response?.enhancedCode], [before?.failure?.id, before?.record.response?.enhancedCode], `${response.text}\n${text}`);
      }
    }
    assert.ok(count > 50, `${count}`);
  });

  test('lead back to what they stand for, and nothing else does', () => {
    const pseudonyms = new Pseudonyms();
    const texts = [
      '<kim@contoso.com>: mx2.contoso.com[203.0.113.9] and contoso.com refused it',
      'from ann@mx.fabrikam.co.uk by 2001:db8:9::7',
      'EHLO ex01',
      'all is well: user-9@domain-9.invalid, host-77, 240.9.9.9',
    ];
    for (const text of texts) assert.equal(pseudonyms.original(pseudonyms.redact(text)), text);
    const { messageId = '' } = pseudonyms.captures({ messageId: '<One.2@contoso.com>' });
    assert.equal(pseudonyms.original(messageId), '<One.2@contoso.com>');
    assert.equal(new Pseudonyms().original('user-1@domain-1.invalid'), 'user-1@domain-1.invalid');
  });
});
