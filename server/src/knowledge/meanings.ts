/** What registries and documentation say, beside the documents of the failures. */

import type { Category } from '../values.ts';

/** What a registry or a product's documentation says of a code or an event. */
export interface Meaning {
  /** "550", "X.7.1", "MSExchangeTransport 2004". */
  readonly code: string;
  readonly summary: string;
  readonly reference: string;
  /** Only where the registered meaning alone decides the kind of failure. */
  readonly category?: Category;
}

/** What a column of Exchange's `#Fields` logs holds. */
export interface ColumnMeaning {
  readonly name: string;
  readonly meaning: string;
}
