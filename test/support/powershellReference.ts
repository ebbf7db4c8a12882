/** Holds PowerShell against the cmdlet reference and against a parser: no PowerShell is needed, and none is run. */

import { createRequire } from 'node:module';
import { Language, Parser } from 'web-tree-sitter';
import type { Stage } from '../../server/src/failures.ts';
import { readProjectFile } from './project.ts';

interface Cmdlet {
  readonly where: 'both' | 'online' | 'onPremises';
  readonly whatIf: boolean;
  readonly parameters: readonly string[];
}

const exchange = new Map(Object.entries((JSON.parse(readProjectFile('test/data/exchange-cmdlets.json')) as { cmdlets: Record<string, Cmdlet> }).cmdlets));
const windows = new Set(JSON.parse(readProjectFile('test/data/windows-cmdlets.json')) as string[]);
const common = new Set(['ErrorAction', 'WarningAction', 'ErrorVariable', 'OutVariable', 'Verbose', 'WhatIf', 'Confirm']);
const reading = /^(?:Get|Test|Resolve|Where|ForEach|Select|Sort|Group|Measure|Format|Compare|ConvertTo|Join|Split|New-Object|New-TimeSpan|Write-Output|Import-Clixml)/;

/** What is wrong with a stage's script: unknown cmdlets and parameters, changes that would run, text that is not ASCII. */
export function checkRunbook(script: string, stage: Stage): string[] {
  const faults: string[] = [];
  const outside = /[^\t\n -~]/.exec(script);
  if (outside) faults.push(`not ASCII: ${outside[0]}`);
  for (const { name, parameters, isLive } of commandsIn(script)) {
    const cmdlet = exchange.get(name);
    if (!cmdlet && !windows.has(name)) faults.push(`unknown cmdlet ${name}`);
    for (const parameter of cmdlet ? parameters : []) {
      if (!cmdlet?.parameters.includes(parameter) && !common.has(parameter)) faults.push(`${name} has no parameter -${parameter}`);
      if (parameter === 'WhatIf' && !cmdlet?.whatIf) faults.push(`${name} does not take -WhatIf`);
    }
    if (isLive && !reading.test(name)) faults.push(`${name} would run without being uncommented`);
  }
  for (const line of script.split('\n')) {
    if (/^#\s*(Set|New|Remove|Enable|Disable|Add|Restart|Stop|Start)-\w+ /.test(line) && stage !== 'change' && stage !== 'rollBack')
      faults.push(`a change in the stage ${stage}: ${line}`);
  }
  return faults;
}

interface Command {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly isLive: boolean;
}

const operators = new Set('eq ne gt ge lt le like notlike match notmatch contains notcontains in notin is isnot as and or not replace split join'.split(' '));

/** The commands of a script, those that are commented out too. Strings are blanked first: they may say anything. */
function commandsIn(script: string): Command[] {
  const commands: Command[] = [];
  for (const statement of script.replace(/`\n/g, ' ').split('\n')) {
    const commented = /^\s*# ?((?:\$\w+ = )?[\s(]*[A-Z][a-z]+-[A-Z]\w+\b.*)$/.exec(statement)?.[1];
    if (!commented && /^\s*#/.test(statement)) continue;
    const code = (commented ?? statement).replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '""').replace(/\s#\s.*$/, '');
    for (const found of code.matchAll(/(?<![\w$.-])([A-Z][A-Za-z]+-[A-Z][A-Za-z0-9]+)\b([^|;{}()]*)/g)) {
      const parameters = [...(found[2] ?? '').matchAll(/(?<=\s)-([A-Za-z]\w*)/g)].map((parameter) => parameter[1] ?? '').filter((name) => !operators.has(name.toLowerCase()));
      commands.push({ name: found[1] ?? '', parameters, isLive: !commented });
    }
  }
  return commands;
}

let parser: Promise<Parser> | undefined;

/** The faults that tree-sitter finds; a script of comments alone is one for its grammar, and right for PowerShell. */
export async function parsePowerShell(script: string): Promise<string[]> {
  if (!/^\s*[^#\s]/m.test(script)) return [];
  parser ??= createParser();
  const tree = (await parser).parse(script);
  const faults: string[] = [];
  const cursor = tree?.walk();
  for (let isMore = cursor !== undefined; cursor && isMore; ) {
    if (cursor.nodeType === 'ERROR' || cursor.nodeIsMissing) faults.push(`line ${cursor.startPosition.row + 1}: ${cursor.nodeText.slice(0, 80)}`);
    isMore = cursor.gotoFirstChild() || cursor.gotoNextSibling();
    while (!isMore && cursor.gotoParent()) isMore = cursor.gotoNextSibling();
  }
  return faults;
}

async function createParser(): Promise<Parser> {
  await Parser.init();
  const created = new Parser();
  created.setLanguage(await Language.load(createRequire(import.meta.url).resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));
  return created;
}
