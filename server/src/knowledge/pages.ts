/** The pages of our failures, packed. They are a file of their own beside the bundles, which is loaded when somebody reads the first page. */

import { brotliDecompressSync } from 'node:zlib';
import type { PackedPages } from './packed.ts';

/** Put in place by the build: base64 of Brotli of JSON. */
declare const PAGES: string;

export const pages = JSON.parse(brotliDecompressSync(Buffer.from(PAGES, 'base64')).toString()) as PackedPages;
