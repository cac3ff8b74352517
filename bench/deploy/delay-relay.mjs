/** A TCP relay in a process of its own that holds every byte back for half a round trip each way. */
import { connect, createServer } from 'node:net';
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const self = fileURLToPath(import.meta.url);

/** Starts a relay to `port` on loopback; gives its own port and how to stop it. */
export async function startRelay(port, rttMs) {
  const child = fork(self, [String(port), String(rttMs)]);
  const ownPort = await new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('error', reject);
  });
  return { port: ownPort, stop: () => child.kill() };
}

function relay(from, to, delayMs) {
  from.on('data', (chunk) => setTimeout(() => to.writable && to.write(chunk), delayMs));
  from.on('end', () => setTimeout(() => to.end(), delayMs));
  from.on('error', () => to.destroy());
  from.on('close', () => setTimeout(() => to.destroy(), delayMs));
}

if (process.argv[1] === self && process.send) {
  const [port, rttMs] = process.argv.slice(2).map(Number);
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port, host: '127.0.0.1', noDelay: true });
    relay(near, far, rttMs / 2);
    relay(far, near, rttMs / 2);
  });
  server.listen(0, '127.0.0.1', () => process.send(server.address().port));
  process.on('disconnect', () => process.exit());
}
