import { Controller, Get, Inject, Req, Res, type Type } from '@nestjs/common';
import { channels, readEvents, readStatus, StreamLost, type ByteStream } from '@ushadow/byte-streams';
import { DomainError, type ByteStreamDefinition } from '@ushadow/contracts';
import { currentRequestContext } from '@ushadow/observability';
import type { Request, Response } from 'express';
import { OpenStreams } from '../sse/open-streams.ts';
import { DeclaresStream } from './declares-stream.ts';
import { OpenByteStream } from './open-byte-stream.ts';

type Send = (streams: OpenStreams, stream: ByteStream, request: Request, response: Response) => Promise<void>;

/** How a stream of each kind is sent on. Sockets are no requests with an answer: they begin with an upgrade. */
const senders: Readonly<Record<'events' | 'download', Send>> = { events: sendEvents, download: sendBody };

/** The controller of one stream that is answered over plain HTTP. */
export function byteStreamController(definition: ByteStreamDefinition): Type {
  const { kind, open } = definition;
  if (kind === 'socket') throw new Error(`${open.name} is a socket`);
  const send = senders[kind];
  class ByteStreamController {
    private readonly opening: OpenByteStream;
    private readonly streams: OpenStreams;

    constructor(opening: OpenByteStream, streams: OpenStreams) {
      this.opening = opening;
      this.streams = streams;
    }

    async handle(request: Request, response: Response): Promise<void> {
      const left = new AbortController();
      response.once('close', () => left.abort());
      this.streams.refuseBeyond(request);
      const stream = await this.opening.open(definition, request, left.signal);
      try {
        await send(this.streams, stream, request, response);
      } finally {
        stream.cancel();
      }
    }
  }
  Object.defineProperty(ByteStreamController, 'name', { value: `${open.service}.${open.name}` });
  const { prototype } = ByteStreamController;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'handle') ?? {};
  Get(definition.path)(prototype, 'handle', descriptor);
  Req()(prototype, 'handle', 0);
  Res()(prototype, 'handle', 1);
  Inject(OpenByteStream)(ByteStreamController, undefined, 0);
  Inject(OpenStreams)(ByteStreamController, undefined, 1);
  DeclaresStream(definition)(ByteStreamController);
  Controller()(ByteStreamController);
  return ByteStreamController;
}

async function sendEvents(streams: OpenStreams, stream: ByteStream, request: Request, response: Response) {
  using events = streams.start(request, response);
  const stop = (): void => stream.cancel();
  events.signal.addEventListener('abort', stop, { once: true });
  try {
    const each = readEvents(stream);
    for (let next = await each.next(); ; next = await each.next()) {
      if (!next.done) {
        await events.send(next.value.event, next.value.data, next.value.id);
        continue;
      }
      if (next.value.reason === 'failure') await events.send('failure', unexpected());
      if (next.value.reason === 'restart') events.announceRestart(streams.retryMs());
      return;
    }
  } catch (error) {
    if (!(error instanceof StreamLost)) throw error;
    // Another process has it when the client comes again, after the last id that it saw.
    events.announceRestart(streams.retryMs());
  }
}

/** What ends in its middle is cut, so that nobody takes it for the whole. */
async function sendBody(streams: OpenStreams, stream: ByteStream, request: Request, response: Response) {
  using body = streams.startBody(request, response);
  const stop = (): void => stream.cancel();
  body.signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const { channel, bytes } of stream.frames) {
      if (channel === channels.stdout) await body.send(bytes);
      else if (channel === channels.status && readStatus({ channel, bytes }).reason === 'done') {
        body.finish();
        return;
      }
    }
  } catch (error) {
    if (!(error instanceof StreamLost)) throw error;
  }
  response.destroy();
}

function unexpected() {
  return new DomainError('UNEXPECTED', 'unexpected', 'Something went wrong on our side.').toEnvelope(
    currentRequestContext()?.requestId,
  );
}
