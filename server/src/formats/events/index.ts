/** The forms in which events of Windows come, in their order: text that stands in a list belongs to the list. */

import type { LogFormat } from '../logFormat.ts';
import { eventClixml } from './clixml.ts';
import { eventCsv } from './csv.ts';
import { eventFields } from './fields.ts';
import { eventHeading } from './heading.ts';
import { eventJson } from './json.ts';
import { eventLabels } from './labelled.ts';
import { eventList } from './list.ts';
import { eventOneline } from './oneline.ts';
import { eventSentence } from './sentence.ts';
import { eventTable } from './table.ts';
import { eventText } from './text.ts';
import { eventTsv } from './tsv.ts';
import { eventXml } from './xml.ts';

export const events: readonly LogFormat[] = [eventHeading, eventList, eventText, eventFields, eventXml, eventClixml, eventJson, eventCsv, eventTsv, eventTable, eventOneline];

/** Events as people have changed them: what stands in a string belongs to the string, so they come behind those. */
export const retoldEvents: readonly LogFormat[] = [eventLabels, eventSentence];
