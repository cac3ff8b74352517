import { byteChannels } from '@ushadow/contracts';
import type { Terminal } from '@xterm/xterm';
import { messageOf, readMessage } from './read-message.ts';
import type { ShellState } from './shell-state.ts';

/** The better shell where there is one. */
const COMMAND = ['sh', '-c', 'command -v bash >/dev/null 2>&1 && exec bash || exec sh'];

const TELL_EACH_BYTES = 64 * 1024;

interface ShellPlace {
  readonly stackId: string;
  readonly service: string;
}

interface ShellOptions {
  readonly onState: (state: ShellState) => void;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Connects a terminal to a shell of a service, through the page's own origin. */
export function openShell(
  terminal: Terminal,
  { stackId, service }: ShellPlace,
  { onState, signal }: ShellOptions,
): void {
  const { cols, rows } = terminal;
  const query = new URLSearchParams({ tty: 'true', width: String(cols), height: String(rows) });
  for (const part of COMMAND) query.append('command', part);
  const url = new URL(`/api/stacks/${stackId}/services/${encodeURIComponent(service)}/exec?${query}`, location.href);
  url.protocol = location.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = new WebSocket(url);
  socket.binaryType = 'arraybuffer';
  let isOver = false;
  // What is written faster than it can be drawn is sent no faster than that.
  let [shown, told] = [0, 0];
  const end = (state: ShellState): void => {
    if (isOver) return;
    isOver = true;
    terminal.options.disableStdin = true;
    terminal.options.cursorBlink = false;
    onState(state);
  };
  const send = (channel: number, payload: Uint8Array): void => {
    if (socket.readyState === WebSocket.OPEN && !isOver) socket.send(messageOf(channel, payload));
  };
  const encoder = new TextEncoder();
  const listening = [
    terminal.onData((text) => send(byteChannels.stdin, encoder.encode(text))),
    terminal.onBinary((text) =>
      send(
        byteChannels.stdin,
        Uint8Array.from(text, (each) => each.charCodeAt(0)),
      ),
    ),
    terminal.onResize(({ cols: width, rows: height }) =>
      send(byteChannels.resize, encoder.encode(JSON.stringify({ width, height }))),
    ),
  ];
  socket.onopen = () => {
    send(byteChannels.taken, encoder.encode('0'));
    if (!isOver) onState({ kind: 'open' });
  };
  socket.onmessage = ({ data }: MessageEvent<ArrayBuffer>) => {
    const message = readMessage(new Uint8Array(data));
    if (message?.kind === 'bytes') {
      const { length } = message.bytes;
      terminal.write(message.bytes, () => {
        shown += length;
        if (shown - told < TELL_EACH_BYTES) return;
        told = shown;
        send(byteChannels.taken, encoder.encode(String(told)));
      });
    }
    if (message?.kind === 'end') end(message.state);
  };
  socket.onclose = () => {
    end({ kind: 'lost', isRestart: false });
  };
  signal.addEventListener('abort', () => {
    isOver = true;
    for (const each of listening) each.dispose();
    socket.close();
  });
}
