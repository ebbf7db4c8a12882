/** One finding as an agent is told it: what the knowledge base says, and apart from it what the log says. */

import { findingKey } from '../analysis/findingKey.ts';
import { capturesSchema } from './logWords.ts';
import type { FileFinding } from './reading.ts';
import type { ToolContext } from './tool.ts';
import { count, type Described, noted, nullable, shape, string } from './toolSchema.ts';

export const findingShape = shape({
  id: noted(string(), 'The id of the failure, or the code where only a registry knows it'),
  failure: nullable(string()),
  category: string(),
  title: string(),
  severity: string(),
  permanence: nullable(string()),
  replyCode: nullable(count()),
  enhancedCode: nullable(string()),
  time: noted(nullable(string()), 'In UTC; null where the log does not say the zone'),
  line: count(),
  fromLog: shape({
    file: string(),
    response: nullable(string()),
    event: nullable(string()),
    localTime: nullable(string()),
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
