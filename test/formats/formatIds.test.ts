/** The names of the forms: other programs read them in the outputs, so none of them may go. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatIds } from '../../server/src/formats/index.ts';

const promised = `
  agent-log amavis cisco-esa connectivity domino
  event-csv event-json event-list event-oneline event-table event-text event-tsv event-xml
  exim haraka hmailserver iis-smtp kerio message-trace message-tracking mimecast ndr opensmtpd postfix powermta
  qmail queue sendmail smtp-receive smtp-send text tracking-output`;

test('every name that was ever promised is there', () => {
  assert.deepEqual(
    promised
      .trim()
      .split(/\s+/)
      .filter((id) => !formatIds.includes(id)),
    [],
  );
});

test('a name is words in lower case, which outputs write as they are', () => {
  for (const id of formatIds) assert.match(id, /^[a-z]+(?:-[a-z]+)*$/);
});
