/** Lets the messages of an editor in as LSP orders them (LSP 3.17, "Lifecycle Messages"). The protocol's library has a handler for each, but no order among them. */

import { ErrorCodes, LSPErrorCodes, Message, type NotificationMessage, type RequestMessage, type ResponseMessage } from 'vscode-languageserver/node';

/**
 * @param admit Takes what may be handled; it comes in a form that the library takes without harm.
 * @param refuse Takes the answer to what may not.
 */
export function createLifecycle(admit: (message: Message) => void, refuse: (answer: ResponseMessage) => void): (message: unknown) => void {
  let stage: 'new' | 'running' | 'shut down' = 'new';
  const objection = ({ method, params }: RequestMessage): readonly [code: number, reason: string] | undefined => {
    if (stage === 'shut down') return [ErrorCodes.InvalidRequest, 'The server has been shut down.'];
    if (method !== 'initialize') return stage === 'new' ? [ErrorCodes.ServerNotInitialized, 'The server has not been initialized.'] : undefined;
    if (stage === 'running') return [ErrorCodes.InvalidRequest, 'The server has been initialized already.'];
    return isObject(params) ? undefined : [ErrorCodes.InvalidParams, 'Initialize has no parameters.'];
  };
  const takeRequest = (request: RequestMessage): void => {
    const against = objection(request);
    if (against) refuse(refusal(request.id, ...against));
    else if (request.method === 'initialize') {
      stage = 'running';
      admit({ ...request, params: readable(request.params as Record<string, unknown>) } as RequestMessage);
    } else {
      if (request.method === 'shutdown') stage = 'shut down';
      admit(request);
    }
  };
  const takeNotification = (notification: NotificationMessage): void => {
    if (notification.method === 'exit' || (stage === 'running' && !isIdleCancellation(notification))) admit(notification);
  };
  return (message) => {
    const given = message as Message;
    if (!isObject(message)) refuse(refusal(null, ErrorCodes.InvalidRequest, 'A message must be an object.'));
    else if (Message.isRequest(given)) takeRequest(given);
    else if (Message.isNotification(given)) takeNotification(given);
    // An answer to a request of ours, or what was meant as one: an answer to that could be taken for one to a request of the client.
    else if (message['method'] === undefined) admit(given);
    else refuse(refusal(null, ErrorCodes.InvalidRequest, 'A request needs a method, and an id that is a number or a string.'));
  };
}

/** The answer to a request that is cancelled before it is begun; undefined for what moves the lifecycle on. */
export function cancelled(message: Message): ResponseMessage | undefined {
  if (!Message.isRequest(message) || message.method === 'initialize' || message.method === 'shutdown') return undefined;
  return refusal(message.id, LSPErrorCodes.RequestCancelled, 'The request was cancelled before it was begun.');
}

export function refusal(id: ResponseMessage['id'], code: number, message: string): ResponseMessage {
  return { jsonrpc: '2.0', id, error: { code, message } };
}

/** The library reads into the capabilities, and ends the process when that of the client is not there: only an id that can be one is left to it. */
function readable(parameters: Record<string, unknown>): Record<string, unknown> {
  const { capabilities, processId } = parameters;
  const isId = typeof processId === 'number' && processId > 0 && processId === (processId | 0);
  return { ...parameters, capabilities: isObject(capabilities) ? capabilities : {}, processId: isId ? processId : null };
}

/** The library fails on a cancellation that names no request. */
function isIdleCancellation({ method, params }: NotificationMessage): boolean {
  if (method !== '$/cancelRequest') return false;
  const id = isObject(params) ? params['id'] : undefined;
  return typeof id !== 'number' && typeof id !== 'string';
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
