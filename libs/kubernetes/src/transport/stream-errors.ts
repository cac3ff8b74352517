import { subscribe } from 'node:diagnostics_channel';
import { constants, type ClientHttp2Stream } from 'node:http2';

let isGuarding = false;

/**
 * Two things that undici does to a stream that is given up, put right for every stream there is.
 *
 * It forgets the stream before Node has seen it closed. When the session ends in that moment, Node reports the error on a
 * stream to which nobody listens, which ends the process: every stream gets a listener. Whoever waits for an answer still
 * gets the error from undici.
 *
 * It closes the stream without a reason and destroys it at once. Node puts off such a reset until the body is written, so
 * that it is never sent, and goes on for ever writing empty frames of the destroyed stream, in native code, on the main
 * thread: a close without a reason becomes a cancellation, which is sent at once.
 */
export function guardStreams(): void {
  if (isGuarding) return;
  isGuarding = true;
  subscribe('http2.client.stream.created', (message) => {
    const { stream } = message as { readonly stream: ClientHttp2Stream };
    stream.on('error', () => undefined);
    const close = stream.close.bind(stream);
    stream.close = (code = constants.NGHTTP2_CANCEL, callback) => close(code, callback);
  });
}
