import type { Server } from 'node:http';

const REFUSAL = 'HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

/** No WebSocket is served: whoever asks for one, from whatever page, is refused, and the connection ends. */
export function refuseUpgrades(server: Server): void {
  server.on('upgrade', (_request, socket) => {
    socket.on('error', () => undefined);
    socket.end(REFUSAL);
  });
}
