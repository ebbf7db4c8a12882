/** Events as text separated by tabs: Event Viewer's "Save as". */

import { eventRows } from './rows.ts';

export const eventTsv = eventRows('event-tsv', 'Events, separated by tabs', '\t');
