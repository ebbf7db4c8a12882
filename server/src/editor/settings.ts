/** The settings as a client hands them over. */

import { isPath } from '../files/settingPath.ts';
import { scratchScriptName } from '../protocol/editor.ts';
import { type Settings, severityChoices } from '../protocol/settings.ts';

export const noSettings: Settings = {
  scratchScript: '',
  knowledge: '',
  timeZone: '',
  codeLens: 'all',
  inlayHints: false,
  gapSeconds: 60,
  severity: {},
  ignore: [],
  revealToAgents: false,
};

/** Takes over the settings that have the right form, and leaves the others as they were. */
export function readSettings(value: unknown, before: Settings): Settings {
  const { scratchScript, knowledge, timeZone, codeLens, inlayHints, gapSeconds, severity, ignore, revealToAgents } = (value ?? {}) as Partial<Record<keyof Settings, unknown>>;
  return {
    scratchScript: typeof scratchScript === 'string' ? scratchScript : before.scratchScript,
    knowledge: typeof knowledge === 'string' ? knowledge : before.knowledge,
    timeZone: typeof timeZone === 'string' ? timeZone.trim() : before.timeZone,
    codeLens: codeLens === 'all' || codeLens === 'events' || codeLens === 'off' ? codeLens : before.codeLens,
    inlayHints: typeof inlayHints === 'boolean' ? inlayHints : before.inlayHints,
    gapSeconds: typeof gapSeconds === 'number' && gapSeconds > 0 ? gapSeconds : before.gapSeconds,
    severity: readSeverities(severity) ?? before.severity,
    ignore: readIgnored(ignore) ?? before.ignore,
    revealToAgents: typeof revealToAgents === 'boolean' ? revealToAgents : before.revealToAgents,
  };
}

/** Entries without a known choice say nothing. */
function readSeverities(value: unknown): Settings['severity'] | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(Object.entries(value).filter(([, choice]) => severityChoices.includes(choice)));
}

/** Entries without a target would leave out what nobody has named. */
function readIgnored(value: unknown): Settings['ignore'] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.flatMap((entry: { failure?: unknown; target?: unknown } | null) => {
    const { failure, target } = entry ?? {};
    if (typeof target !== 'string' || target.trim() === '' || (failure !== undefined && typeof failure !== 'string')) return [];
    return [{ ...(failure !== undefined && { failure: failure.trim() }), target: target.trim() }];
  });
}

/** What to tell of paths that have changed and can name no file on this computer. What they are for does without them. */
export function findPathFaults(settings: Settings, before: Settings): string[] {
  const without = { scratchScript: `runbooks go to ${scratchScriptName}`, knowledge: 'no failure documents of your own are read' };
  return (['scratchScript', 'knowledge'] as const)
    .filter((name) => settings[name] !== before[name] && !isPath(settings[name]))
    .map((name) => `The setting mailflowLens.${name} is no path on this computer: "${settings[name]}". Until it is one, ${without[name]}.`);
}
