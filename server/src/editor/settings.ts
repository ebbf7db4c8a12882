/** The settings as a client hands them over. */

import { isPath } from '../files/settingPath.ts';
import { type Settings, scratchScriptName } from '../protocol.ts';

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

/** What to tell of paths that have changed and can name no file on this computer. What they are for does without them. */
export function findPathFaults(settings: Settings, before: Settings): string[] {
  const without = { scratchScript: `runbooks go to ${scratchScriptName}`, knowledge: 'no failure documents of your own are read' };
  return (['scratchScript', 'knowledge'] as const)
    .filter((name) => settings[name] !== before[name] && !isPath(settings[name]))
    .map((name) => `The setting mailflowLens.${name} is no path on this computer: "${settings[name]}". Until it is one, ${without[name]}.`);
}
