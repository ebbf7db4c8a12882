/** Puts captures together from what a log may or may not say. */

import type { CaptureName, Captures } from '../values.ts';

/** Those of some captures that are stated: an absent or an empty value is none. */
export function stated(captures: { readonly [Name in CaptureName]?: string | undefined }): Captures {
  const found: Partial<Record<CaptureName, string>> = {};
  for (const key in captures) {
    const name = key as CaptureName;
    const value = captures[name];
    if (value) found[name] = value;
  }
  return found;
}
