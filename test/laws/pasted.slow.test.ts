/** What somebody pastes says the same in every form that mail programs, forums and consoles give it. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { findFindings } from '../../server/src/analysis/findings.ts';
import { readRecords } from '../../server/src/formats/index.ts';
import { completeLog, readMarks } from '../support/marks.ts';
import { anchors, damages, systems } from '../support/pasted.ts';
import { projectKnowledge, projectKnowledgeBase } from '../support/project.ts';
import { tried } from '../support/trials.ts';

const knowledge = projectKnowledgeBase();
const who = { recipient: 'bob@wingtiptoys.com', host: 'mx7.wingtiptoys.com', address: '203.0.113.77' };

/** The replies of all documents, wrapped ones and those of Exchange's own left out. */
const all = projectKnowledge().documents.flatMap(({ samples }) =>
  samples.flatMap(({ format, text }) => readRecords(readMarks(completeLog(format, text)).text).flatMap(({ response }) => response?.text ?? [])),
);
const coded = [...new Set(all)].filter(
  (reply) => /^[45][0-57]\d [45]\.\d{1,3}\.\d{1,3} [A-Za-z][^"'`<>{}@#(\\;|]{8,200}$/.test(reply) && !/4\.4\.7|:$|said|Winsock|returned|->|\[Message|[45]\d\d/.test(reply.slice(4)),
);
const bare = [...new Set(all)].filter((reply) => /^[45][0-57]\d [A-Za-z][^"'`<>{}@#(\\;|]{8,200}$/.test(reply) && !/[45]\d\d|Winsock/.test(reply.slice(4)));

const tell = (text: string): string[] =>
  findFindings(text, knowledge).map(({ failure, category, record: { response, captures } }) =>
    [response?.replyCode, failure?.id ?? category, response?.text, captures.recipient, captures.remoteHost, captures.remoteAddress].join(' | '),
  );

/** Every so many replies, so that each form meets other ones and the test stays short. */
const some = (replies: readonly string[], index: number, step: number): string[] => replies.filter((_, at) => at % step === index % step);

test('the documents have replies to try', () => assert.ok(coded.length > 100 && bare.length > 20, `${coded.length}, ${bare.length}`));

suite('a bounce without its headers', () => {
  for (const [index, [system, write]] of Object.entries(systems).entries()) {
    for (const [at, [damage, spoil]] of Object.entries(damages).entries()) {
      test(`${system}, ${damage}: one finding, with recipient, host and the whole reply`, () => {
        for (const reply of tried([...some(coded, index + at, 12), ...some(bare, index + at, 12)])) {
          const written = write({ ...who, reply });
          const meaning = tell(written)[0]?.split(' | ')[1];
          const host = written.includes(who.host) ? who.host : '';
          const address = written.includes(who.address) ? who.address : '';
          assert.deepEqual(tell(spoil(written)), [[reply.slice(0, 3), meaning, reply, who.recipient, host, address].join(' | ')], spoil(written));
        }
      });
    }
  }
});

suite('a bare reply code behind an anchor', () => {
  for (const [index, [anchor, write]] of Object.entries(anchors).entries()) {
    test(`${anchor}: one finding, whose response begins at the code`, () => {
      for (const reply of tried(some([...bare, ...coded.map((written) => written.replace(/^(\d{3}) [\d.]+ /, '$1 '))], index, 4))) {
        const written = write({ ...who, reply });
        const [first, ...others] = findFindings(written, knowledge);
        assert.deepEqual([first?.record.response?.replyCode, first?.record.response?.text, others.length], [Number(reply.slice(0, 3)), reply, 0], written);
        const isAbout = first?.record.response?.command === 'RCPT' || /ecipient|rcpt_to|[eE]mail/.test(written);
        if (isAbout && written.includes(who.recipient)) assert.equal(first?.record.captures.recipient, who.recipient, written);
      }
    });
  }
});
