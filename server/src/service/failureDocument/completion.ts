/** What can be written next in the front matter of a failure document: the keys and values of its schema, with what they mean. */

import { type CompletionItem, CompletionItemKind, InsertTextFormat, type Position } from 'vscode-languageserver-types';
import type { Schema } from '../../knowledge/failureSchema.ts';
import { suggestCommand } from '../../protocol/editor.ts';
import type { ClientFeatures } from '../clientFeatures.ts';
import type { FailureDocument } from './document.ts';
import { type Cursor, entry, readCursor } from './frontMatterCursor.ts';
import { choicesFor, schemaAt } from './schemaPlaces.ts';

/** What is completed at a position; nothing outside of the front matter. */
export function getCompletions(document: FailureDocument, position: Position, client: ClientFeatures): CompletionItem[] {
  const offset = document.offsetAt(position);
  const at = document.front?.at;
  if (!at || offset < at.start || offset > at.end) return [];
  const cursor = readCursor(document.text.slice(at.start, at.end), offset - at.start);
  const schema = cursor && schemaAt(cursor.path);
  if (!cursor || !schema) return [];
  const span = { start: cursor.span.start + at.start, end: cursor.span.end + at.start };
  const items = schema.properties ? completeKeys(cursor, schema.properties, client) : cursor.isKey ? [] : completeValues(document, cursor, schema);
  // After a colon a blank must stand, and after a hyphen too.
  const lead = /[:-]/.test(document.text.charAt(span.start - 1)) ? ' ' : '';
  const range = document.range(span);
  return items.map(({ newText, ...item }, index) => ({ ...item, sortText: String(index).padStart(4, '0'), textEdit: { range, newText: lead + newText } }));
}

type Draft = CompletionItem & { readonly newText: string };

function completeKeys({ keys, hasColon }: Cursor, properties: Readonly<Record<string, Schema>>, client: ClientFeatures): Draft[] {
  return Object.entries(properties)
    .filter(([key]) => !keys.has(key))
    .map(([key, schema]) => {
      const snippet = client.readsSnippets && !hasColon;
      return {
        label: key,
        kind: CompletionItemKind.Property,
        ...explained(schema.description),
        newText: hasColon ? key : snippet ? `${key}:${snippetFor(schema)}` : `${key}: `,
        ...(snippet && { insertTextFormat: InsertTextFormat.Snippet }),
        // The values are offered at once where the editor can be asked for it.
        ...(!hasColon && client.commands.has(suggestCommand) && { command: { title: 'Suggest values', command: suggestCommand } }),
      };
    });
}

/** The form of a value, with the cursor where it is to be written. */
function snippetFor(schema: Schema): string {
  if (schema.items?.properties) return '\n  - { $0 }';
  if (schema.items?.items) return ' [[$0]]';
  if (schema.items) return ' [$0]';
  return schema.anyOf ? ' "$0"' : ' $0';
}

function completeValues(document: FailureDocument, { path, span }: Cursor, schema: Schema): Draft[] {
  const key = path.findLast((name) => name !== entry) ?? '';
  const written = document.text.slice((document.front?.at.start ?? 0) + span.start, (document.front?.at.start ?? 0) + span.end);
  const quote = /^["']/.exec(written)?.[0];
  return choicesFor(key, schema, document.knowledge).map(({ value, meaning }) => {
    const plain = value.replaceAll('"', '');
    return {
      label: plain,
      kind: schema.enum ? CompletionItemKind.EnumMember : CompletionItemKind.Value,
      ...explained(meaning),
      filterText: quote ? `${quote}${plain}` : plain,
      newText: quote ? quote + plain + quote : value,
    };
  });
}

/** A meaning beside the label and, for clients without room there, in the documentation. */
function explained(meaning: string | undefined): Partial<CompletionItem> {
  return meaning === undefined ? {} : { labelDetails: { description: meaning }, documentation: meaning };
}
