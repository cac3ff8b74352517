import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { repositoryRoot } from '@ushadow/testing';
import { readOptions, UsageError } from './options.ts';

let server: Server;
let busy: number;

beforeEach(async () => {
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  busy = (server.address() as AddressInfo).port;
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const read = (args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  readOptions(args, env, repositoryRoot(), () => undefined);

describe('the options of npm start', () => {
  it('serve the examples and a sandbox cluster unless told otherwise', async () => {
    const { composeDirectory, sandbox } = await read([]);
    expect(composeDirectory).toMatch(/\/examples$/);
    expect(sandbox).toBe(true);
    expect((await read(['--no-sandbox'])).sandbox).toBe(false);
  });

  it('refuse a port that was asked for and is in use, naming the remedy', async () => {
    await expect(read([], { PORT: String(busy) })).rejects.toThrow(`port ${busy} is in use`);
    await expect(read([], { WEB_PORT: 'http' })).rejects.toThrow(UsageError);
  });

  it('refuse a COMPOSE_DIR that is no folder, and an unknown flag', async () => {
    await expect(read([], { COMPOSE_DIR: '/nowhere' })).rejects.toThrow('/nowhere');
    await expect(read(['--sandbx'])).rejects.toThrow('--sandbx');
  });
});
