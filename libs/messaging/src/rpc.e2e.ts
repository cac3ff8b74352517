import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Controller, Module, type INestApplicationContext, type INestMicroservice } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { MicroserviceOptions } from '@nestjs/microservices';
import { defineOperation, failure, MAX_PAYLOAD_BYTES } from '@ushadow/contracts';
import { createLogger, currentRequestContext, withRequestContext } from '@ushadow/observability';
import { busOf, natsFor } from '@ushadow/testing';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { BusConnection } from './bus-connection.ts';
import { BusServer } from './bus-server.ts';
import { Handle } from './handle.ts';
import { MessagingModule } from './messaging.module.ts';
import { RpcCaller } from './rpc-caller.ts';
import { RpcErrorFilter } from './rpc-error.filter.ts';

const { url } = await natsFor(import.meta.url);
const run = randomUUID();

const echo = defineOperation({
  service: 'cluster',
  name: `echo-${run}`,
  summary: 'Says back what it heard',
  callers: ['gateway'],
  access: { role: 'viewer', scope: 'installation' },
  audit: 'none',
  input: z.strictObject({
    text: z.string(),
    mode: z.enum(['say', 'refuse', 'crash', 'lie', 'wait', 'flood', 'refuse-at-length']).default('say'),
  }),
  output: z.object({ text: z.string(), actor: z.string(), requestId: z.string() }),
  errors: { REFUSED: { kind: 'conflict', summary: 'It would not.' } },
  deadlineMs: 1_000,
});
const nobody = defineOperation({ ...echo, name: `nobody-${run}` });

const tooMuch = (): string => 'x'.repeat(MAX_PAYLOAD_BYTES);

@Controller()
class EchoController {
  @Handle(echo)
  async echo(input: z.output<typeof echo.input>): Promise<z.output<typeof echo.output>> {
    if (input.mode === 'refuse') throw failure(echo, 'REFUSED', 'no', { details: { because: 'tired' } });
    if (input.mode === 'refuse-at-length') throw failure(echo, 'REFUSED', 'no', { details: { because: tooMuch() } });
    if (input.mode === 'crash') throw new Error('the password is hunter2');
    if (input.mode === 'lie') return { text: 'x' } as z.output<typeof echo.output>;
    if (input.mode === 'wait') await new Promise(() => undefined);
    const { actor = '', requestId = '' } = currentRequestContext() ?? {};
    if (input.mode === 'flood') return { text: tooMuch(), actor, requestId };
    return { text: input.text, actor, requestId };
  }
}

@Module({ controllers: [EchoController] })
class EchoModule {}

@Module({ imports: [MessagingModule.forRoot(busOf(url, 'gateway', { asAdmin: true }))] })
class CallerModule {}

describe('an operation over NATS', () => {
  const lines: string[] = [];
  const logger = createLogger({
    service: 'echo',
    level: 'info',
    redact: (line) => line,
    destination: { write: (line) => void lines.push(line) },
  });
  let service: INestMicroservice;
  let application: INestApplicationContext;
  let caller: RpcCaller;

  beforeAll(async () => {
    service = await NestFactory.createMicroservice<MicroserviceOptions>(EchoModule, {
      strategy: new BusServer(busOf(url, 'cluster', { asAdmin: true }), 'echo'),
      logger: false,
      abortOnError: false,
    });
    service.useGlobalFilters(new RpcErrorFilter(logger));
    await service.listen();
    application = await NestFactory.createApplicationContext(CallerModule, { logger: false, abortOnError: false });
    await application.get(BusConnection).opened();
    caller = application.get(RpcCaller);
  });

  afterAll(async () => {
    await application.close();
    await service.close();
  });

  it('carries input, output, actor and request id', async () => {
    const call = withRequestContext({ requestId: 'request-1', actor: 'ann' }, () =>
      caller.call(echo, { text: 'hello' }),
    );
    await expect(call).resolves.toEqual({ text: 'hello', actor: 'ann', requestId: 'request-1' });
  });

  it('gives the caller a declared error with its kind and details', async () => {
    const call = caller.call(echo, { text: '', mode: 'refuse' });
    await expect(call).rejects.toMatchObject({ code: 'REFUSED', kind: 'conflict', details: { because: 'tired' } });
  });

  it('refuses input that breaks the contract, naming the field', async () => {
    const call = caller.call(echo, { text: 7 } as unknown as { text: string });
    await expect(call).rejects.toMatchObject({ code: 'INVALID_INPUT', details: { issues: [{ path: 'text' }] } });
  });

  it('hides the text of an unexpected error from the caller and keeps it in the log', async () => {
    const failed = await caller.call(echo, { text: '', mode: 'crash' }).catch((error: unknown) => error);
    expect(failed).toMatchObject({ code: 'UNEXPECTED' });
    expect(JSON.stringify(failed)).not.toContain('hunter2');
    expect(lines.join('')).toContain('hunter2');
  });

  it('answers UNEXPECTED when a handler breaks its own contract', async () => {
    await expect(caller.call(echo, { text: '', mode: 'lie' })).rejects.toMatchObject({ code: 'UNEXPECTED' });
  });

  it.each(['flood', 'refuse-at-length'] as const)(
    'tells who asked at once, with sizes, of an answer that the bus does not carry: %s',
    async (mode) => {
      const refused = await caller.call(echo, { text: '', mode }).catch((error: unknown) => error);
      expect(refused).toMatchObject({ code: 'PAYLOAD_TOO_LARGE', details: { limit: MAX_PAYLOAD_BYTES } });
      expect((refused as { details: { bytes: number } }).details.bytes).toBeGreaterThan(MAX_PAYLOAD_BYTES);
      await expect(caller.call(echo, { text: 'still here' })).resolves.toMatchObject({ text: 'still here' });
    },
  );

  it('fails at once when nobody listens', async () => {
    await expect(caller.call(nobody, { text: '' })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      kind: 'unavailable',
    });
  });

  it('gives up at the deadline', async () => {
    await expect(caller.call(echo, { text: '', mode: 'wait' })).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });

  it('does not start what arrives after its deadline', async () => {
    const call = caller.call(echo, { text: '' }, { requestId: 'r', actor: 'a', deadline: Date.now() - 1 });
    await expect(call).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
  });
});

describe('a caller whose bus is away', () => {
  it('fails at once instead of waiting for the deadline', async () => {
    const connection = new BusConnection({ ...busOf(url, 'gateway'), url: 'nats://127.0.0.1:1' });
    await expect(new RpcCaller(connection).call(nobody, { text: '' })).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
    });
  });
});
