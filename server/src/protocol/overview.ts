/** The overview as a picture: what a page and a view in the editor draw alike. All texts are on one line and harmless to show as text. */

import type { GivenText, ScanParameters } from './scan.ts';

/** Requests that only our own client sends. */
export const overviewRequests = {
  /** OverviewParameters → OverviewPicture, or null after a cancellation: reads files and folders on the disk, or the text that is given. */
  overview: 'mailflowLens/overview',
  /** OnlyFailuresParameters → OnlyFailures, or null after a cancellation. */
  onlyFailures: 'mailflowLens/onlyFailures',
} as const;

/** The scheme of the read-only documents that show the records of failures alone. */
export const failuresScheme = 'mailflow-lens-failures';

/** What an overview is of; no addresses of files where a text is given. */
export type OverviewParameters = ScanParameters & GivenText;

export interface OverviewPicture {
  readonly title: string;
  readonly facts: readonly string[];
  readonly sections: readonly PictureSection[];
}

/** The picture as the page that draws it is sent it. */
export interface PictureMessage {
  readonly picture: OverviewPicture;
  /** Tells one picture from the next. */
  readonly number: number;
}

export interface PictureSection {
  readonly heading: string;
  /** 2 or, below the section before it, 3. */
  readonly level: 2 | 3;
  readonly severity?: 'error' | 'warning' | 'information';
  readonly text: readonly string[];
  readonly blocks: readonly PictureBlock[];
}

export type PictureBlock = BarTable | ColumnChart | FactTable | ScriptBlock;

/** What a colour means: bad, waiting, good; or one of several kinds. */
export const tones = ['bad', 'waits', 'good', 'kind1', 'kind2', 'kind3', 'kind4', 'kind5', 'other'] as const;
export type Tone = (typeof tones)[number];

/** A line of a file. */
export interface PicturePlace {
  /** Its path; the address of the open document whose text was given. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** A table whose numbers are drawn as bars too. */
export interface BarTable {
  readonly kind: 'bars';
  readonly caption: string;
  /** What is counted, and how it is called. */
  readonly head: readonly [string, string];
  readonly rows: readonly BarRow[];
}

export interface BarRow {
  readonly name: string;
  readonly tone: Tone;
  readonly count: number;
  readonly place?: PicturePlace;
}

/** Columns over time, each a pile of kinds. */
export interface ColumnChart {
  readonly kind: 'columns';
  readonly caption: string;
  readonly legend: readonly { readonly name: string; readonly tone: Tone }[];
  readonly columns: readonly PictureColumn[];
  /** The height of the highest column, at least 1. */
  readonly highest: number;
}

export interface PictureColumn {
  readonly name: string;
  /** One for each kind of the legend. */
  readonly counts: readonly number[];
  readonly place?: PicturePlace;
}

export interface FactTable {
  readonly kind: 'facts';
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly { readonly cells: readonly string[]; readonly place?: PicturePlace }[];
}

/** PowerShell to copy; ASCII, of several lines. */
export interface ScriptBlock {
  readonly kind: 'script';
  readonly caption: string;
  readonly script: string;
}
