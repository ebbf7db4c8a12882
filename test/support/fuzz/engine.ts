/** The engine as it is, with the project's knowledge. */

import { findFindings } from '../../../server/src/analysis/findings.ts';
import { readInPieces } from '../pieces.ts';
import { projectKnowledgeBase } from '../project.ts';
import type { Engine } from './law.ts';

export const engine: Engine = {
  findings: (text, zone) => findFindings(text, projectKnowledgeBase(), zone),
  inPieces: readInPieces,
};
