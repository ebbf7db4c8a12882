/** The output for programs that read line by line: one object a line. */

import { printableJson } from '../visible.ts';
import type { Report } from './index.ts';

export function createNdjsonReport(): Report {
  return {
    finding: (located) => `${printableJson(located)}\n`,
    end: () => '',
  };
}
