/** The picture of the overview on its way to a page that comes and goes. */

import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { createPictureChannel } from '../../client/src/pictureChannel.ts';
import type { OverviewPicture, PictureMessage } from '../../server/src/protocol/overview.ts';
import { trials } from '../support/trials.ts';

const pictureOf = (title: string): OverviewPicture => ({ title, facts: [], sections: [] });

test('a page shows the last picture, whenever it was hidden, and keeps what it shows where nothing is new', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('show', 'hide', 'reveal'), { maxLength: 20 }), (actions) => {
      let page: { shown: PictureMessage | undefined; drawn: number } | undefined;
      let kept: PictureMessage | undefined;
      let count = 0;
      const channel = createPictureChannel((message) => {
        if (!page) return;
        page.shown = message;
        page.drawn += 1;
        kept = message;
      });
      for (const action of actions) {
        if (action === 'hide') page = undefined;
        if (action === 'show') {
          count += 1;
          channel.show(pictureOf(String(count)));
        }
        if (action === 'reveal' && !page) {
          const before = kept;
          page = { shown: kept, drawn: 0 };
          channel.begin(kept?.number);
          // What is kept is drawn where the reader was: nothing is sent in its place.
          if (before?.picture.title === String(count)) assert.equal(page.drawn, 0);
        }
        if (page && count > 0) assert.equal(page.shown?.picture.title, String(count));
      }
    }),
    trials(300),
  );
});

test('a page that VS Code has kept while it was closed shows that until there is something new', () => {
  const posted: PictureMessage[] = [];
  const channel = createPictureChannel((message) => posted.push(message));
  channel.begin(7);
  assert.equal(posted.length, 0);
  channel.show(pictureOf('new'));
  assert.deepEqual(
    posted.map(({ number, picture }) => [number > 7, picture.title]),
    [[true, 'new']],
  );
});
