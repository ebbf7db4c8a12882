/** All laws, the cheapest first. A new one is a file beside this one and a line here. */

import type { Law } from '../law.ts';
import { cost } from './cost.ts';
import { edits } from './edits.ts';
import { exceptions } from './exceptions.ts';
import { lineEnds } from './lineEnds.ts';
import { outputs } from './outputs.ts';
import { parts } from './parts.ts';
import { places } from './places.ts';
import { positions } from './positions.ts';
import { prefixes } from './prefixes.ts';
import { scripts } from './scripts.ts';
import { segments } from './segments.ts';
import { words } from './words.ts';

export const laws: readonly Law[] = [places, words, exceptions, lineEnds, prefixes, parts, edits, positions, segments, scripts, outputs, cost];
