/** Sends the page of the overview its picture. A page that is hidden is gone, and what is sent meanwhile is lost: once it is there again it says which picture it has kept. */

import type { OverviewPicture, PictureMessage } from '../../server/src/protocol/overview.ts';

export interface PictureChannel {
  readonly show: (picture: OverviewPicture) => void;
  /** The page is there. @param kept The number of the picture that it shows, where it has kept one. */
  readonly begin: (kept: unknown) => void;
}

export function createPictureChannel(post: (message: PictureMessage) => void): PictureChannel {
  let latest: PictureMessage | undefined;
  /** The number of the picture that a page has kept from before VS Code was closed. */
  let before = 0;
  return {
    show: (picture) => {
      latest = { picture, number: (latest?.number ?? before) + 1 };
      post(latest);
    },
    begin: (kept) => {
      if (!latest) before = typeof kept === 'number' ? kept : 0;
      else if (kept !== latest.number) post(latest);
    },
  };
}
