/** The output for programs that read line by line: one object a line. */

import type { Report } from './index.ts';
import { locatedJson } from './located.ts';

export function createNdjsonReport(): Report {
  return {
    finding: (located) => `${locatedJson(located)}\n`,
    end: () => '',
  };
}
