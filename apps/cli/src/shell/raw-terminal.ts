import type { CommandStreams } from './streams.ts';

/** Gives every key to whoever reads the input. Dispose to give the terminal back; it is given back too when the process exits. */
export function rawTerminal({ stdin }: CommandStreams): Disposable {
  const before = stdin.isRaw === true;
  const giveBack = (): void => {
    stdin.setRawMode?.(before);
    process.off('exit', giveBack);
  };
  process.on('exit', giveBack);
  stdin.setRawMode?.(true);
  return { [Symbol.dispose]: giveBack };
}
