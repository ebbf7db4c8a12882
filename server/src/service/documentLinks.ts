/** Addresses that a response names, such as a block list's page. */

import type { DocumentLink } from 'vscode-languageserver-types';
import { mostLinks } from './limits.ts';
import type { LogDocument } from './logDocument.ts';

/** The https addresses in the responses of a document. Other schemes are never opened: a stranger's server wrote them. */
export function getDocumentLinks(document: LogDocument): DocumentLink[] {
  const links: DocumentLink[] = [];
  for (const place of document.findings.places()) {
    for (const found of document.slice(place.start, place.end).matchAll(/https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:[/?#][!#-&*+\-./0-9:=?@A-Z_a-z~]*)?/g)) {
      const address = found[0].replace(/[.,:!?]+$/, '');
      if (!URL.canParse(address) || new URL(address).hostname === '') continue;
      const start = place.start + found.index;
      links.push({ range: document.range({ start, end: start + address.length }), target: address });
      if (links.length >= mostLinks) return links;
    }
  }
  return links;
}
