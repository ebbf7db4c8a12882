/** The engine alone, in this process: what a response and a text cost. */

import { readKnowledge } from '../knowledge.mjs';
import { loadServerCode } from './load.mjs';
import { sendHeader, sendLog } from './logs/index.mjs';
import { refusals } from './logs/replies.mjs';
import { median, milliseconds } from './measure.mjs';
import { report } from './page.mjs';

const megabyte = 1024 * 1024;

/** Measures responses, ordinary logs, and texts that are made to be slow. */
export async function measureEngine() {
  const { createKnowledgeBase, findFindings } = await loadServerCode('engine', {
    findFindings: 'analysis/findings.ts',
    createKnowledgeBase: 'knowledge/knowledgeBase.ts',
  });
  const { data } = await readKnowledge();
  const knowledge = createKnowledgeBase(data);
  const find = (text) => findFindings(text, knowledge).length;
  classify(knowledge, data.failures.length);
  for (const size of [1, 10]) findInLog(find, size);
  readPathological(find, 10);
  readStrings(find, 10);
}

/** Responses explained a second, on one core. */
function classify(knowledge, documents) {
  const responses = refusals.map((text) => ({ replyCode: Number(text.slice(0, 3)), enhancedCode: /^\d{3}[ -](\d\.\d+\.\d+)/.exec(text)?.[1], text }));
  const seconds = median(() => {
    for (let round = 0; round < 5_000; round++) for (const response of responses) knowledge.matches(undefined, response);
  });
  report('Responses explained', `${Math.round((5_000 * responses.length) / seconds).toLocaleString('en-US')} a second`, `${documents} documents`);
}

/** Beside one pass of a regular expression for the codes. */
function findInLog(find, size) {
  const log = sendLog(size * megabyte);
  let count = 0;
  const seconds = median(() => {
    count = find(log);
  });
  const reference = median(() => [...log.matchAll(/[45]\d\d[ -][45]\.\d{1,3}\.\d{1,3}/g)].length);
  report(`Findings of a send log of ${size} MB`, milliseconds(seconds), `${count} findings; ${(seconds / reference).toFixed(1)} times one regular expression`);
}

/** Beside an ordinary log of the same size. */
function readPathological(find, size) {
  const length = size * megabyte;
  const repeat = (part) => part.repeat(Math.ceil(length / part.length));
  const failure = (number) =>
    `2026-01-15T08:00:01.000Z,Internet,08DE54${number.toString(16).toUpperCase().padStart(10, '0')},9,192.0.2.10:40001,203.0.113.25:25,<,550 5.1.1 User unknown,\r\n`;
  const inputs = {
    'one line': `550 5.1.1 User unknown ${repeat('abc 5.1.1 ')}`,
    'all failures': sendHeader + Array.from({ length: Math.ceil(length / failure(1).length) }, (_, number) => failure(number)).join(''),
    'quotes never closed': sendHeader + repeat('2026-01-15T08:00:01.000Z,"Internet,08DE540000000001,9,"192.0.2.10:40001,203.0.113.25:25,<,"550 5.1.1 User unknown,\r\n'),
  };
  const ordinary = sendLog(length);
  const normal = median(() => find(ordinary));
  for (const [name, input] of Object.entries(inputs)) {
    let count = 0;
    const seconds = median(() => {
      count = find(input);
    });
    report(`${size} MB of ${name}`, milliseconds(seconds), `${count} findings; ${(seconds / normal).toFixed(1)} times an ordinary log`);
  }
}

/** Most logs of containers and programs are JSON whose texts end with a line break, beside the same without line breaks. */
function readStrings(find, size) {
  const log = (end) => {
    const line = (number) => `{"log":"2026-01-15 INFO message ${number}${end}","stream":"stdout","time":"2026-01-15T08:00:00.000000000Z"}\n`;
    return Array.from({ length: Math.ceil((size * megabyte) / line(100_000).length) }, (_, number) => line(number)).join('');
  };
  const [plain, ended] = [log('  '), log('\\n')];
  const reference = median(() => find(plain));
  const seconds = median(() => find(ended));
  report(`${size} MB of JSON with line breaks`, milliseconds(seconds), `${(seconds / reference).toFixed(1)} times the same without line breaks`);
}
