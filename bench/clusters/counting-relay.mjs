import { connect, createServer } from 'node:net';

/** A TCP relay to a port on loopback that notes when each connection begins, and how many are open at once. */
export async function startCountingRelay(port) {
  let open = 0;
  let most = 0;
  let begun = [];
  const server = createServer((near) => {
    begun.push(performance.now());
    open += 1;
    most = Math.max(most, open);
    const far = connect(port, '127.0.0.1');
    near.pipe(far);
    far.pipe(near);
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.on('close', () => {
      open -= 1;
      far.destroy();
    });
    far.on('close', () => near.destroy());
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: server.address().port,
    /** What was seen since the last call. */
    take: () => {
      const seen = { begun, most };
      begun = [];
      most = open;
      return seen;
    },
    close: () => server.close(),
  };
}
