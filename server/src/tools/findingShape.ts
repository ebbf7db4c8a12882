/** One finding as an agent is told it: what the knowledge base says, and apart from it what the log says. */

import { findingKey } from '../analysis/findingKey.ts';
import { capturesSchema } from './logWords.ts';
import type { FileFinding } from './reading.ts';
import type { ToolContext } from './tool.ts';
import { count, type Described, noted, nullable, shape, text } from './toolSchema.ts';

export const findingShape = shape({
  id: noted(text(), 'The id of the failure, or the code where only a registry knows it'),
  failure: nullable(text()),
  category: text(),
  title: text(),
  severity: text(),
  permanence: nullable(text()),
  replyCode: nullable(count()),
  enhancedCode: nullable(text()),
  time: noted(nullable(text()), 'In UTC; null where the log does not say the zone'),
  line: count(),
  fromLog: shape({
    file: text(),
    response: nullable(text()),
    event: nullable(text()),
    localTime: nullable(text()),
    captures: capturesSchema,
  }),
});

export function tellFinding({ file, located }: FileFinding, { words }: ToolContext): Described<typeof findingShape> {
  const { failure, category, title, severity, permanence, replyCode, enhancedCode, time, localTime, startLine, event, response, captures } = located;
  const told = words.captures(captures);
  return {
    id: findingKey(located).id,
    failure,
    category,
    title,
    severity,
    permanence,
    replyCode,
    enhancedCode,
    time,
    line: startLine,
    fromLog: {
      file: file.name,
      response: words.textOrNull(response, captures),
      event: event && words.text(`${event.source} ${event.id}`),
      localTime: words.textOrNull(localTime),
      captures: told,
    },
  };
}
