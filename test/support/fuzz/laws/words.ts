/** What findings say. */

import type { LogRecord } from '../../../../server/src/values.ts';
import { clipped } from '../compare.ts';
import type { Law } from '../law.ts';

export const words: Law = {
  name: 'words',
  states: 'A capture is one line without controls, and a response one line.',
  run({ text }, engine) {
    for (const { record } of engine.findings(text)) {
      const fault = faultOf(record);
      if (fault !== undefined) return `${record.format}: ${fault}\n${clipped(JSON.stringify(record))}`;
    }
    return undefined;
  },
};

function faultOf({ captures, response, localTime }: LogRecord): string | undefined {
  for (const [name, value] of Object.entries(captures)) {
    if (value === '') return `a capture is empty: ${name}`;
    if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(value)) return `a capture has a control character: ${name}`;
  }
  if (response && /[\r\n]/.test(response.text)) return 'a response has a line end';
  return localTime !== undefined && /[\r\n]/.test(localTime) ? 'a local time has a line end' : undefined;
}
