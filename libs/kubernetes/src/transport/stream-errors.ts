import { subscribe } from 'node:diagnostics_channel';
import type { EventEmitter } from 'node:events';

let isGuarding = false;

/**
 * undici forgets a stream that was given up before Node has seen it closed. When the session ends in that moment, Node
 * reports the error on a stream to which nobody listens, which ends the process. Every stream gets a listener here;
 * whoever waits for an answer still gets the error from undici.
 */
export function guardStreams(): void {
  if (isGuarding) return;
  isGuarding = true;
  subscribe('http2.client.stream.created', (message) => {
    (message as { readonly stream: EventEmitter }).stream.on('error', () => undefined);
  });
}
