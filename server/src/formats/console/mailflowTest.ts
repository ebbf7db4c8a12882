/** Output of Test-Mailflow: a test message that did not arrive. The command says no reason, only `*FAILURE*`. */

import { readWords } from '../../smtp/response.ts';
import { placeSpan } from '../../text/excerpt.ts';
import type { LogRecord } from '../../values.ts';
import type { LogFormat } from '../logFormat.ts';
import type { OutputObject } from '../shapes/object.ts';
import { findOutput, type OutputKind, outputSeam, readOutput } from '../shapes/objects.ts';

const testKind: OutputKind = { anchors: ['TestMailflowResult'], isKind: (has) => has('testmailflowresult') };

export const mailflowTest: LogFormat = {
  id: 'text',
  title: 'Test-Mailflow',
  literals: testKind.anchors,
  find: (text, free, occurrences) => findOutput(text, free, testKind, occurrences),
  seam: outputSeam,
  steps: (text, stretches) => {
    const records: LogRecord[] = [];
    readOutput(text, stretches, testKind, (object) => records.push(...readTest(object)));
    return records;
  },
};

/** `Success`, or `*FAILURE*` with what follows it. */
function readTest(object: OutputObject): LogRecord[] {
  const result = object.value('testmailflowresult');
  const read = result && /^\W{0,2}FAIL/i.test(result.text) ? readWords(result) : undefined;
  if (!result || !read) return [];
  return [{ format: 'text', what: 'failed', span: object.span, mark: read.mark, places: [placeSpan(result, 0, result.text.length)], response: read.response, captures: {} }];
}
