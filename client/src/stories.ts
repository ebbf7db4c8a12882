/** Finds a message and shows its story as a document that is only read. Each of its lines leads back to its row. */

import {
  type CancellationToken,
  type Disposable,
  DocumentLink,
  EventEmitter,
  commands as editorCommands,
  env,
  Location,
  languages,
  Position,
  ProgressLocation,
  Range,
  Uri,
  window,
  workspace,
} from 'vscode';
import { type MessageAnswer, type MessageQuestion, type MessageStory, type MessageSummary, messageRequests, storyScheme } from '../../server/src/protocol/messages.ts';
import { failuresScheme } from '../../server/src/protocol/overview.ts';
import type { LanguageServer } from './languageServer.ts';
import { othersText, statusName } from './messageNodes.ts';
import { isServed } from './served.ts';
import { withoutIcons } from './shownText.ts';

/** So many stories are remembered; an older one is asked for again. */
const mostRemembered = 50;

/** What a story's address says, so that it can be asked for again. */
type StoryAddress = Required<Pick<MessageQuestion, 'key'>> & Pick<MessageQuestion, 'uri'>;

/** Registers the commands, and what the documents consist of. */
export function provideStories(server: LanguageServer): Disposable[] {
  const known = new Map<string, MessageStory>();
  const changed = new EventEmitter<Uri>();
  const ask = (question: MessageQuestion, cancellation?: CancellationToken): Promise<MessageAnswer> => server.request<MessageAnswer>(messageRequests.find, question, cancellation);
  const remember = (story: MessageStory, uri: string | undefined): Uri => {
    const address = addressOf(story, uri);
    known.delete(address.toString());
    known.set(address.toString(), story);
    for (const [oldest] of known) if (known.size > mostRemembered) known.delete(oldest);
    changed.fire(address);
    return address;
  };
  const storyOf = async (address: Uri): Promise<MessageStory | undefined> => {
    const story = known.get(address.toString()) ?? (await ask({ ...readAddress(address), waits: true })).story;
    if (story) known.set(address.toString(), story);
    return story;
  };
  /** The story of the message that is meant; undefined where there is none, or where the user chooses none. */
  const find = async (given: unknown): Promise<{ readonly story: MessageStory; readonly isComplete: boolean; readonly uri: string | undefined } | undefined> => {
    const question = readQuestion(given) ?? (await atCursor());
    let answer = question && (await ask(question));
    if (answer?.asked === undefined) {
      const text = await askForId();
      if (text === undefined) return undefined;
      answer = await ask({ ...(question?.uri !== undefined && { uri: question.uri }), text });
      if (!answer.isComplete) answer = await readToEnd(() => ask({ text, waits: true }));
    } else if (!answer.isComplete && !answer.story) answer = await readToEnd((cancellation) => ask({ ...question, waits: true }, cancellation));
    const uri = question?.uri;
    if (answer.story) return { story: answer.story, isComplete: answer.isComplete, uri };
    const chosen = answer.found.length === 0 ? undefined : await choose(answer.found);
    if (answer.found.length === 0)
      void window.showInformationMessage('No message with this id in the logs that were read. Open the folder with all logs, or look for its message id.');
    const { story, isComplete = true } = chosen ? await ask({ ...(uri !== undefined && { uri }), key: chosen.key }) : {};
    return story && { story, isComplete, uri };
  };
  const show = async (given: unknown): Promise<void> => {
    const found = await find(given);
    if (!found) return;
    const { story, isComplete, uri } = found;
    const address = remember(story, uri);
    await window.showTextDocument(address, { preview: true });
    if (isComplete) return;
    // What is known by now is shown at once, and the rest when it has been read.
    const { story: whole } = await ask({ ...readAddress(address), waits: true });
    if (whole) remember(whole, uri);
  };
  const copy = async (given: unknown): Promise<void> => {
    const open = readQuestion(given) ? undefined : window.activeTextEditor?.document.uri;
    const story = open?.scheme === storyScheme ? await storyOf(open) : (await find(given))?.story;
    if (!story) return;
    await env.clipboard.writeText(story.markdown);
    window.setStatusBarMessage("The message's story is on the clipboard, as Markdown.", 5_000);
  };
  return [
    changed,
    editorCommands.registerCommand('mailflowLens.findMessage', show),
    editorCommands.registerCommand('mailflowLens.copyStory', copy),
    workspace.registerTextDocumentContentProvider(storyScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: async (address) => (await storyOf(address))?.text ?? 'The logs that this message is from cannot be read any more.\n',
    }),
    languages.registerDefinitionProvider(
      { scheme: storyScheme },
      {
        async provideDefinition({ uri }, { line }) {
          const place = (await storyOf(uri))?.lines[line];
          return place ? new Location(Uri.parse(place.uri), new Position(place.line, 0)) : undefined;
        },
      },
    ),
    languages.registerDocumentLinkProvider(
      { scheme: storyScheme },
      {
        async provideDocumentLinks({ uri }) {
          return ((await storyOf(uri))?.lines ?? []).flatMap((place, line) => {
            if (!place || place.end <= place.start) return [];
            const link = new DocumentLink(new Range(line, place.start, line, place.end), Uri.parse(place.uri).with({ fragment: `L${place.line + 1}` }));
            link.tooltip = 'Go to this row';
            return [link];
          });
        },
      },
    ),
  ];
}

async function atCursor(): Promise<MessageQuestion | undefined> {
  const editor = window.activeTextEditor;
  if (!editor) return undefined;
  const { document, selection } = editor;
  if (document.uri.scheme === failuresScheme) return inLogOf(document.uri, selection.active);
  return isServed(document) ? questionAt(document.uri, selection.active) : undefined;
}

const questionAt = (uri: Uri, { line, character }: Position): MessageQuestion => ({ uri: uri.toString(), position: { line, character } });

/** A record that is shown alone is asked for in its log, which the server must have for it. */
async function inLogOf(shown: Uri, at: Position): Promise<MessageQuestion | undefined> {
  const [place] = await editorCommands.executeCommand<Location[]>('vscode.executeDefinitionProvider', shown, at);
  if (!place) return undefined;
  try {
    await workspace.openTextDocument(place.uri);
  } catch {
    // Too large, or gone: then the user says which message is meant.
    return undefined;
  }
  return questionAt(place.uri, place.range.start);
}

/** What other places of ours hand over: a row of a list has its key. */
function readQuestion(given: unknown): MessageQuestion | undefined {
  const { key, text } = (given ?? {}) as Partial<Record<keyof MessageQuestion, unknown>>;
  if (typeof key === 'string') return { key };
  return typeof text === 'string' ? { text } : undefined;
}

function askForId(): Thenable<string | undefined> {
  return window.showInputBox({
    title: 'Find This Message',
    prompt: 'Message id, network message id, session id, queue id, or the address of a sender or a recipient',
    placeHolder: '<a1b2c3@ex01.contoso.com>',
    validateInput: (text) => (text.trim() === '' ? 'Type an id or an address.' : undefined),
  });
}

function readToEnd(ask: (cancellation: CancellationToken) => Promise<MessageAnswer>): Thenable<MessageAnswer> {
  return window.withProgress({ location: ProgressLocation.Window, title: 'Reading messages' }, (_, cancellation) => ask(cancellation));
}

async function choose(found: readonly MessageSummary[]): Promise<MessageSummary | undefined> {
  const chosen = await window.showQuickPick(
    found.map((message) => ({
      label: withoutIcons(`${statusName(message.status)}: ${message.recipients || 'no recipient told'}`),
      description: message.first,
      detail: withoutIcons([othersText(message), message.sender === '' ? '' : `from ${message.sender}`, message.messageId].filter((part) => part !== '').join(', ')),
      message,
    })),
    { title: 'Several messages fit', placeHolder: 'Choose the one to show', matchOnDescription: true, matchOnDetail: true },
  );
  return chosen?.message;
}

/** The name of the tab says which message it is; how to ask for it again stands in the query. */
function addressOf({ key, title }: MessageStory, uri: string | undefined): Uri {
  const query: StoryAddress = { key, ...(uri !== undefined && { uri }) };
  return Uri.from({ scheme: storyScheme, path: `/Message ${title.replace(/[^\w.@-]/g, '_')}.log`, query: JSON.stringify(query) });
}

function readAddress({ query }: Uri): StoryAddress {
  return JSON.parse(query) as StoryAddress;
}
