/** What a server said, with the marks of quotation that were written, where it was read with others. */

import { withWrittenMarks } from '../text/typographicMarks.ts';
import { isRecord, type LogRecord, type Step } from '../values.ts';

/**
 * @param text The text in which the step was read.
 * @param writtenAt The character that stands in the place of one of it.
 */
export function sayAsWritten(step: Step, text: string, writtenAt: (index: number) => string): Step {
  if (!isRecord(step) || !step.response) return step;
  const { response, span } = step;
  const said = withWrittenMarks(response.text, text.slice(span.start, span.end), (index) => writtenAt(span.start + index));
  const record: LogRecord = { ...step, response: { ...response, text: said } };
  return said === response.text ? step : record;
}
