/** The settings as a client hands them over. */

import type { Settings } from '../protocol.ts';

export const noSettings: Settings = { scratchScript: '', knowledge: '', timeZone: '' };

/** Takes over the settings that have the right form, and leaves the others as they were. */
export function readSettings(value: unknown, before: Settings): Settings {
  const { scratchScript, knowledge, timeZone } = (value ?? {}) as Partial<Record<keyof Settings, unknown>>;
  return {
    scratchScript: typeof scratchScript === 'string' ? scratchScript : before.scratchScript,
    knowledge: typeof knowledge === 'string' ? knowledge : before.knowledge,
    timeZone: typeof timeZone === 'string' ? timeZone.trim() : before.timeZone,
  };
}
