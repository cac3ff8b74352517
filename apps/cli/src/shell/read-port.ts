import { UsageError } from '../command.ts';

const PORT_MAX = 65_535;

/** `[LOCAL:]PORT`; without LOCAL it is the same one, and `:PORT` is any that is free. */
export function readPort(text: string): { readonly local: number; readonly remote: number } {
  const [, local, remote = ''] = /^(?:(\d*):)?(\d+)$/.exec(text) ?? [];
  const read = { local: Number(local ?? remote), remote: Number(remote) };
  if (read.remote < 1 || read.remote > PORT_MAX || read.local > PORT_MAX)
    throw new UsageError(`A port is written PORT or LOCAL:PORT, not ${text}.`);
  return read;
}
