/** What a reader is told about a key or a value in the front matter of a failure document. */

import { type Hover, MarkupKind, type Position } from 'vscode-languageserver-types';
import { code, plainText } from '../../explain/markdown.ts';
import type { ClientFeatures } from '../clientFeatures.ts';
import type { FailureDocument } from './document.ts';
import { meaningOf } from './schemaPlaces.ts';

/** The hover at a position; undefined where the schema says nothing. */
export function getDocumentHover(document: FailureDocument, position: Position, client: ClientFeatures): Hover | undefined {
  const offset = document.offsetAt(position);
  const place = document.front?.read.places.find(({ span }) => span.start <= offset && offset <= span.end);
  if (!place) return undefined;
  const { key, value, schema, span } = place;
  const meaning = value === undefined ? undefined : meaningOf(key, value, schema, document.knowledge);
  const said = meaning === undefined ? `**${key}**: ${schema.description ?? ''}` : `${code(value ?? '', 80)}: ${meaning}`;
  // On a key, what its values mean is told too: a reader may not know what there is to choose from.
  const names = value === undefined ? (schema.enum ?? []).map((name, index) => `- ${code(name)}: ${schema.enumDescriptions?.[index] ?? ''}`) : [];
  const markdown = [said, ...(names.length > 0 ? [names.join('\n')] : [])].join('\n\n');
  return {
    range: document.range(span),
    contents: client.readsMarkdown ? { kind: MarkupKind.Markdown, value: markdown } : { kind: MarkupKind.PlainText, value: plainText(markdown) },
  };
}
