/** The order of LSP's messages, held against the rules of the specification for any messages in any order. */

import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import fc from 'fast-check';
import type { Message } from 'vscode-languageserver';
import { cancelled, createLifecycle } from '../../server/src/editor/lifecycle.ts';
import { trials } from '../support/trials.ts';

/** What a message was answered with at once: an error code; true where it was let in, false where it was dropped. */
function outcome(send: (message: unknown) => void, seen: { code?: number; admitted?: Message }, message: unknown): number | boolean {
  delete seen.code;
  delete seen.admitted;
  send(message);
  return seen.code ?? seen.admitted !== undefined;
}

function start(): { readonly of: (message: unknown) => number | boolean; readonly admitted: () => Record<string, unknown> } {
  const seen: { code?: number; admitted?: Message } = {};
  const send = createLifecycle(
    (message) => {
      seen.admitted = message;
    },
    ({ error }) => {
      if (error) seen.code = error.code;
    },
  );
  return { of: (message) => outcome(send, seen, message), admitted: () => (seen.admitted as unknown as { params: Record<string, unknown> }).params };
}

const request = (method: string, params?: unknown): object => ({ jsonrpc: '2.0', id: 1, method, ...(params !== undefined && { params }) });
const notification = (method: string, params?: unknown): object => ({ jsonrpc: '2.0', method, ...(params !== undefined && { params }) });

suite('the order of messages', () => {
  const kinds = fc.constantFrom('initialize', 'no initialize', 'shutdown', 'request', 'notification', 'exit', 'cancel', 'answer');
  test('is that of the specification, whatever comes when', () => {
    fc.assert(
      fc.property(fc.array(kinds, { maxLength: 12 }), (messages) => {
        const { of } = start();
        let isInitialized = false;
        let isShutDown = false;
        for (const kind of messages) {
          if (kind === 'exit') assert.equal(of(notification('exit')), true);
          else if (kind === 'answer') assert.equal(of({ jsonrpc: '2.0', id: 7, result: null }), true);
          else if (kind === 'notification' || kind === 'cancel') {
            const sent = kind === 'cancel' ? notification('$/cancelRequest', { id: 1 }) : notification('textDocument/didOpen', {});
            assert.equal(of(sent), isInitialized && !isShutDown);
          } else if (isShutDown) assert.equal(of(request(kind === 'request' ? 'textDocument/hover' : kind, {})), -32600);
          else if (kind === 'initialize') {
            assert.equal(of(request('initialize', {})), isInitialized ? -32600 : true);
            isInitialized = true;
          } else if (kind === 'no initialize') assert.equal(of(request('initialize')), isInitialized ? -32600 : -32602);
          else {
            assert.equal(of(request(kind === 'request' ? 'textDocument/hover' : kind)), isInitialized ? true : -32002);
            isShutDown = isInitialized && kind === 'shutdown';
          }
        }
      }),
      trials(),
    );
  });

  test('is not lost over anything that is JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.jsonValue(), (message, params) => {
        const { of } = start();
        of(message);
        of(request('initialize', {}));
        of(message);
        of(request('textDocument/hover', params));
        of(notification('$/cancelRequest', params));
        assert.equal(of(request('shutdown', params)), true);
        assert.equal(of(request('textDocument/hover', params)), -32600);
      }),
      trials(),
    );
  });

  for (const params of [undefined, null, 5, 'x', true, []]) {
    test(`initialize with ${JSON.stringify(params)} is refused, and the next one is not`, () => {
      const { of } = start();
      assert.equal(of(request('initialize', params)), -32602);
      assert.equal(of(request('initialize', { capabilities: {} })), true);
    });
  }
  test('capabilities that are none are taken for none', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (capabilities) => {
        const { of, admitted } = start();
        assert.equal(of(request('initialize', { capabilities })), true);
        const isObject = typeof capabilities === 'object' && capabilities !== null && !Array.isArray(capabilities);
        assert.deepEqual(admitted()['capabilities'], isObject ? capabilities : {});
      }),
      trials(),
    );
  });
  test("a client's process is watched only by an id that a process can have", () => {
    const passed = [-1, 0, 1, 1.5, 2 ** 31 - 1, 2 ** 31, 2 ** 40, '1', {}, null, undefined].map((processId) => {
      const { of, admitted } = start();
      of(request('initialize', { processId }));
      return admitted()['processId'];
    });
    assert.deepEqual(passed, [null, null, 1, null, 2 ** 31 - 1, null, null, null, null, null, null]);
  });

  test('a cancellation that names no request goes no further', () => {
    const { of } = start();
    of(request('initialize', {}));
    for (const params of [undefined, null, 5, [], {}, { id: null }, { id: {} }, { id: true }]) assert.equal(of(notification('$/cancelRequest', params)), false);
    for (const id of [0, 1.5, '', 'a']) assert.equal(of(notification('$/cancelRequest', { id })), true);
  });
  test('what would move the lifecycle on cannot be cancelled', () => {
    const codes = ['initialize', 'shutdown', 'textDocument/hover'].map((method) => cancelled(request(method) as Message)?.error?.code);
    assert.deepEqual(codes, [undefined, undefined, -32800]);
    assert.equal(cancelled(notification('textDocument/hover') as Message), undefined);
  });
});
