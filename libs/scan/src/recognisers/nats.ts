import type { Recogniser } from '../recogniser.ts';

export const nats: Recogniser = {
  type: 'nats',
  title: 'NATS',
  names: ['nats'],
  images: ['nats', 'nats-server'],
  ports: [
    { name: 'client', port: 4222, schemes: ['nats', 'tls'] },
    { name: 'websocket', port: 8080, schemes: ['ws', 'wss'], use: 'side' },
    { name: 'monitor', port: 8222, schemes: ['http'], use: 'side' },
    { name: 'cluster', port: 6222, use: 'inner' },
  ],
  distinctivePort: true,
  scheme: 'nats',
  schemes: ['nats'],
};
