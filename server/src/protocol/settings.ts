/** The settings as the client hands them to the server. */

/** The settings below `mailflowLens`. */
export interface Settings {
  /** The file that runbooks go to; empty: a new one in the workspace folder, else in the folder of the log. */
  readonly scratchScript: string;
  /** A folder with failure documents of the user's own; empty: none. Not read in a workspace that is not trusted. */
  readonly knowledge: string;
  /** The zone of the local times in logs, such as Europe/Berlin; empty: not said. */
  readonly timeZone: string;
  /** Above which failures a line says what they are: all, events alone, or none. */
  readonly codeLens: 'all' | 'events' | 'off';
  /** Whether the rows of sessions begin with the time since the row before. */
  readonly inlayHints: boolean;
  /** A silence in a session is told that is longer than so many seconds. */
  readonly gapSeconds: number;
  /** How serious a failure is to the user, by its id. */
  readonly severity: Readonly<Record<string, SeverityChoice>>;
  /** What is not reported: one failure, or all of them, where a target is concerned. */
  readonly ignore: readonly { readonly failure?: string; readonly target: string }[];
  /** Whether tools for agents tell addresses, hosts and subjects as they are. */
  readonly revealToAgents: boolean;
}

export const severityChoices = ['error', 'warning', 'information', 'off'] as const;
export type SeverityChoice = (typeof severityChoices)[number];
