/** What a response hands on decides what it means, with its own codes; what it is wrapped in only where that says nothing. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Failure, Match } from '../../server/src/failures.ts';
import { createKnowledgeBase } from '../../server/src/knowledge/knowledgeBase.ts';
import { innerReplies } from '../../server/src/smtp/innerReplies.ts';
import { readResponse } from '../../server/src/smtp/response.ts';
import { literalExcerpt } from '../../server/src/text/excerpt.ts';
import type { Response } from '../../server/src/values.ts';
import { projectKnowledge, projectKnowledgeBase, readProjectFile } from '../support/project.ts';

const knowledge = projectKnowledgeBase();

function read(text: string): Response {
  const response = readResponse(literalExcerpt(text, { start: 0, end: text.length }))?.response;
  assert.ok(response, text);
  return response;
}
const fitsOf = (text: string): readonly string[] => knowledge.matches(undefined, read(text)).map(({ failure }) => failure.id);

const wrappers: readonly (readonly [string, (inner: string) => string])[] = [
  ['behind an arrow', (inner) => `550 5.0.350 Remote server returned an error -> ${inner}`],
  ['behind two arrows', (inner) => `451 4.4.397 Error communicating with target host. -> 421 4.2.1 Unable to connect -> ${inner}`],
  ['as a message', (inner) => `450 4.4.317 Cannot connect to remote server [Message=${inner}] [LastAttemptedServerName=mail.contoso.com] [LastAttemptedIP=203.0.113.9:25]`],
  ['in round brackets', (inner) => `550 5.4.317 Message expired, cannot connect to remote server(${inner})`],
  ['behind its recipient', (inner) => `550 5.0.350 Remote server returned an error -> 550 permanent failure for one or more recipients (anna@contoso.com:${inner})`],
];

suite('an answer that is handed on means what it means by itself', () => {
  const responses = (JSON.parse(readProjectFile('test/data/responses.json')) as readonly { readonly response: string }[])
    .map(({ response }) => response)
    .filter((text) => /^[45]\d\d[ -][45]\.\d+\.\d+ [^()[\]]*$/.test(text) && innerReplies(read(text)).length === 0);
  for (const [name, wrap] of wrappers)
    test(name, () => {
      let compared = 0;
      for (const text of responses) {
        const alone = fitsOf(text);
        if (knowledge.matches(undefined, read(text)).some(({ basis }) => basis !== 'text')) continue;
        compared += 1;
        const [wrapped] = knowledge.matches(undefined, read(wrap(text)));
        // A document can be about just this wrapper with these words.
        const isAsked = wrapped?.failure.match.some((match) => match.text && match.enhanced === read(wrap(text)).enhancedCode && match.enhanced !== '5.0.350');
        if (alone.length > 0 && !isAsked) assert.deepEqual(fitsOf(wrap(text)), alone, wrap(text));
      }
      assert.ok(compared > 100, String(compared));
    });
});

suite('the replies inside of a response', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['421 4.2.1 Unable to connect -> SocketTimedout: Socket error code 10060', ['SocketTimedout: Socket error code 10060']],
    [
      '451 4.4.395 Target host responded with error. -> 421 4.4.1 Connection timed out -> 421 4.4.2 Connection dropped',
      ['421 4.4.2 Connection dropped', '421 4.4.1 Connection timed out -> 421 4.4.2 Connection dropped'],
    ],
    [
      '450 4.4.317 Cannot connect [Message=452 4.3.1 Insufficient system resources (UsedDiskSpace[C:\\Queue])] [LastAttemptedServerName=a]',
      ['452 4.3.1 Insufficient system resources (UsedDiskSpace[C:\\Queue])'],
    ],
    ['550 5.4.317 Message expired, cannot connect to remote server(452 Insufficient system resources (UsedDiskSpace))', ['452 Insufficient system resources (UsedDiskSpace)']],
    ['450 4.4.317 Cannot connect to remote server [Message=UntrustedRoot]', []],
    ['550 5.1.1 User unknown (in reply to RCPT TO command)', []],
    ['550 5.7.1 Refused (555 Main Street)', []],
  ];
  for (const [text, inner] of cases)
    test(text, () =>
      assert.deepEqual(
        innerReplies({ text }).map((reply) => reply.text),
        inner,
      ),
    );
  test('are read in a time that grows with the text alone', () => {
    for (const piece of ['->', '[Message=550 ', '(550 5.1.1 ', 'a@b:550 5.1.1 ', '(x:']) assert.ok(innerReplies({ text: piece.repeat(20_000) }).length <= 8);
  });
});

suite('which condition decides', () => {
  const { data } = projectKnowledge();
  const [model] = data.failures as [Failure];
  const decided = (matches: Readonly<Record<string, Match>>, text: string): readonly string[] =>
    createKnowledgeBase({ ...data, failures: Object.entries(matches).map(([id, match]): Failure => ({ ...model, id, match: [match] })) })
      .matches(undefined, read(text))
      .map(({ failure }) => failure.id);
  const wrapped = '550 5.0.350 Remote server returned an error -> 554 5.7.1 Relaying denied';
  const cases: readonly (readonly [string, Readonly<Record<string, Match>>, string, string])[] = [
    ['the code inside before the code outside', { outer: { enhanced: '5.0.350' }, inner: { enhanced: '5.7.1' } }, wrapped, 'inner'],
    ['the words inside before those outside', { outer: { enhanced: '5.0.350', text: ['remote server returned'] }, inner: { text: ['relaying'] } }, wrapped, 'inner'],
    [
      'a document that asks for the outer code and the inner words',
      { outer: { enhanced: '5.0.350', text: ['relaying'] }, inner: { enhanced: '5.7.1', text: ['relaying'] } },
      wrapped,
      'outer',
    ],
    ['the wrapper where the inside says nothing', { outer: { enhanced: '5.0.350' }, inner: { enhanced: '5.1.1' } }, wrapped, 'outer'],
    ['the wrapper where the inside is only general', { outer: { enhanced: '5.0.350' }, inner: { enhanced: '5.7.1', general: true } }, wrapped, 'outer'],
    [
      'a code that is in no registry before words near each other',
      { code: { enhanced: '5.7.236' }, near: { near: [['sending'], ['daily']] } },
      '550 5.7.236 You are sending more daily than is allowed',
      'code',
    ],
    [
      'words near each other before a code of the registry',
      { code: { enhanced: '5.7.1' }, near: { near: [['sending'], ['daily']] } },
      '550 5.7.1 You are sending more daily than is allowed',
      'near',
    ],
    ['a phrase before any code', { code: { enhanced: '5.7.236' }, phrase: { text: ['sending'] } }, '550 5.7.236 You are sending more', 'phrase'],
  ];
  for (const [name, matches, text, id] of cases) test(name, () => assert.deepEqual(decided(matches, text), [id]));
});
