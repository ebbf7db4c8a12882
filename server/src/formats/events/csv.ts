/** Events as CSV: Event Viewer's "Save as", and PowerShell's Export-Csv. */

import { eventRows } from './rows.ts';

export const eventCsv = eventRows('event-csv', 'Events, CSV', ',;');
