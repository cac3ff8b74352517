import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';
import { claimPort } from './port-claim.ts';

/** Below what kernels hand out themselves (Linux from 32768, macOS from 49152): no connection can take it meanwhile. */
const FIRST = 20_000;
const COUNT = 10_000;
const TRIES = 200;

/** A loopback port nobody listens on, and that no other caller, in whatever process, is given for a minute. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < TRIES; tries++) {
    const port = FIRST + randomInt(COUNT);
    if ((await claimPort(port)) && (await isPortFree(port))) return port;
  }
  throw new Error(`no free port on 127.0.0.1 between ${FIRST} and ${FIRST + COUNT - 1}`);
}

/** The preferred port when nobody has it, else any free one. */
export async function portOr(preferred: number): Promise<number> {
  return (await isPortFree(preferred)) ? preferred : freePort();
}

export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE' || error.code === 'EACCES') resolve(false);
      else reject(error);
    });
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
