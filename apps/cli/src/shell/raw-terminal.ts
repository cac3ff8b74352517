import type { CommandStreams } from './streams.ts';

/** Gives every key to whoever reads the input. Call the answer to give the terminal back; it is given back too when the process exits. */
export function rawTerminal({ stdin }: CommandStreams): () => void {
  const before = stdin.isRaw === true;
  const giveBack = (): void => {
    stdin.setRawMode?.(before);
    process.off('exit', giveBack);
  };
  process.on('exit', giveBack);
  stdin.setRawMode?.(true);
  return giveBack;
}
