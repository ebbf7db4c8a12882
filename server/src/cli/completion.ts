/** Completion for shells, made from the commands themselves: what is added to them is completed. */

import type { Command, Option } from 'commander';
import type { KnowledgeBase } from '../knowledge/knowledgeBase.ts';
import { captureNames, categories } from '../values.ts';

export type Shell = 'bash' | 'zsh' | 'powershell';

/** What can be written behind the program's name. All are plain words: letters, digits, hyphens. */
export interface CompletionWords {
  /** The options of each command; the empty name has those of the program and the names of the commands. */
  readonly commands: ReadonlyMap<string, readonly string[]>;
  /** The values of options, and of the first argument of commands, that are known by name. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

export function wordsOf(program: Command, { failures }: KnowledgeBase): CompletionWords {
  const ids = failures.map(({ id }) => id);
  const shared = optionWords(program.options);
  const commands = new Map([['', [...program.commands.map((command) => command.name()), ...shared, '--version', '--help']]]);
  const values = new Map<string, readonly string[]>([
    ['--category', categories],
    ['--failure', ids],
    ['--set', captureNames.map((name) => `${name}=`)],
    ['runbook', ids],
  ]);
  for (const command of program.commands) {
    commands.set(command.name(), [...optionWords(command.options), ...shared, '--help']);
    for (const { long, argChoices } of command.options) if (long && argChoices) values.set(`${command.name()} ${long}`, argChoices);
    const choices = command.registeredArguments[0]?.argChoices;
    if (choices) values.set(command.name(), choices);
  }
  return { commands, values };
}

function optionWords(options: readonly Option[]): string[] {
  return options.flatMap(({ long }) => (long && long !== '--version' ? [long] : []));
}

export const completions: Readonly<Record<Shell, (words: CompletionWords) => string>> = { bash, zsh, powershell };

/** Where nothing is known by name, the shell completes files. */
function bash({ commands, values }: CompletionWords): string {
  const cases = (entries: Iterable<readonly [string, readonly string[]]>): string => [...entries].map(([name, words]) => `    '${name}') words='${words.join(' ')}' ;;`).join('\n');
  return `_mailflow_lens() {
  local current="\${COMP_WORDS[COMP_CWORD]}" previous="\${COMP_WORDS[COMP_CWORD-1]}" command='' words=''
  [ "$COMP_CWORD" -gt 1 ] && command="\${COMP_WORDS[1]}"
  case "$command $previous" in
${cases([...values].filter(([name]) => name.includes(' ')))}
    *) case "$previous" in
${cases([...values].filter(([name]) => !name.includes(' ')))}
    esac ;;
  esac
  if [ -z "$words" ] && { [ -z "$command" ] || [ "\${current#-}" != "$current" ]; }; then
    case "$command" in
${cases(commands)}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _mailflow_lens mailflow-lens
`;
}

/** zsh reads what bash reads. */
function zsh(words: CompletionWords): string {
  return `autoload -U +X bashcompinit && bashcompinit
${bash(words)}`;
}

function powershell({ commands, values }: CompletionWords): string {
  const table = (entries: ReadonlyMap<string, readonly string[]>): string => [...entries].map(([name, words]) => `        '${name}' = '${words.join(' ')}'`).join('\n');
  return `Register-ArgumentCompleter -Native -CommandName 'mailflow-lens' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)
    $commands = @{
${table(commands)}
    }
    $values = @{
${table(values)}
    }
    $before = @($commandAst.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursorPosition } | ForEach-Object { $_.ToString() })
    $command = ''
    if ($before.Count -gt 1) { $command = $before[1] }
    $previous = $before[-1]
    $words = $values["$command $previous"]
    if (-not $words) { $words = $values[$previous] }
    if (-not $words -and ($command -eq '' -or $wordToComplete.StartsWith('-'))) { $words = $commands[$command] }
    if ($words) {
        $words.Split(' ') | Where-Object { $_.StartsWith($wordToComplete) } | ForEach-Object {
            [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
        }
    }
}
`;
}
