import { connect } from 'node:net';

/** Opens event streams over sockets of their own; the first `stalled` of them are never read after their head. */
export async function openReaders(url, count, stalled) {
  const { hostname, port, pathname } = new URL(url);
  let heard = 0;
  let cut = 0;
  const sockets = [];
  const open = (index) =>
    new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname);
      sockets.push(socket);
      socket.on('error', () => undefined);
      socket.once('close', () => {
        cut += 1;
        reject(new Error('a stream did not open'));
      });
      socket.write(`GET ${pathname} HTTP/1.1\r\nhost: ${hostname}\r\naccept: text/event-stream\r\n\r\n`);
      let rest = '';
      socket.on('data', (chunk) => {
        resolve();
        if (index < stalled) return void socket.pause();
        // What marks an event's end in a batch of them.
        const parts = (rest + chunk.toString('latin1')).split('"namespace"');
        heard += parts.length - 1;
        rest = parts[parts.length - 1].slice(-20);
      });
    });
  for (let index = 0; index < count; index += 50) {
    await Promise.all(Array.from({ length: Math.min(50, count - index) }, (_, each) => open(index + each)));
  }
  return {
    heard: () => heard,
    cut: () => cut,
    close: () => sockets.forEach((socket) => socket.destroy()),
  };
}
