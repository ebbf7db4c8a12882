/** One finding as an agent is told it: what the knowledge base says, and apart from it what the log says. */

import { z } from 'zod';
import { findingKey } from '../analysis/findingKey.ts';
import type { AgentContext } from './context.ts';
import { capturesSchema } from './logWords.ts';
import type { FileFinding } from './reading.ts';

export const findingShape = z.object({
  id: z.string().describe('The id of the failure, or the code where only a registry knows it'),
  failure: z.string().nullable(),
  category: z.string(),
  title: z.string(),
  severity: z.string(),
  permanence: z.string().nullable(),
  replyCode: z.number().nullable(),
  enhancedCode: z.string().nullable(),
  time: z.string().nullable().describe('In UTC; null where the log does not say the zone'),
  line: z.number(),
  fromLog: z.object({
    file: z.string(),
    response: z.string().nullable(),
    event: z.string().nullable(),
    localTime: z.string().nullable(),
    captures: capturesSchema,
  }),
});

export function tellFinding({ file, located }: FileFinding, { words }: AgentContext): z.infer<typeof findingShape> {
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
