import { Controller, Get, Inject, Req, Res, type Type } from '@nestjs/common';
import { StreamLost, type ByteStream } from '@ushadow/byte-streams';
import { WebSocketStream } from '@ushadow/byte-streams/web-socket';
import { byteChannels, DomainError, type ByteStreamDefinition, type StreamEnd } from '@ushadow/contracts';
import { toDomainError } from '@ushadow/messaging';
import { currentRequestContext } from '@ushadow/observability';
import type { Request, Response } from 'express';
import { Upgrades } from '../http/upgrades.ts';
import { OpenStreams, type HeldStream } from '../sse/open-streams.ts';
import { DeclaresStream } from './declares-stream.ts';
import { OpenByteStream } from './open-byte-stream.ts';
import { TakenBytes } from './taken-bytes.ts';

/** What a client may say; how the stream ends is not its to say. */
const FROM_CLIENTS: ReadonlySet<number> = new Set([
  byteChannels.stdin,
  byteChannels.resize,
  byteChannels.environment,
  byteChannels.close,
]);

/** The controller of one stream that is a WebSocket. A page cannot read why one was refused, so that is said in it. */
export function socketController(definition: ByteStreamDefinition): Type {
  const { open } = definition;
  class SocketController {
    private readonly opening: OpenByteStream;
    private readonly streams: OpenStreams;
    private readonly upgrades: Upgrades;

    constructor(opening: OpenByteStream, streams: OpenStreams, upgrades: Upgrades) {
      this.opening = opening;
      this.streams = streams;
      this.upgrades = upgrades;
    }

    async handle(request: Request, response: Response): Promise<void> {
      if (!this.upgrades.isAsked(request))
        throw new DomainError('UPGRADE_REQUIRED', 'invalid', 'This path serves WebSockets alone.');
      this.streams.refuseBeyond(request);
      const left = new AbortController();
      request.socket.once('close', () => left.abort());
      const opened = await this.opening.open(definition, request, left.signal).catch(toDomainError);
      const socket = await this.upgrades.accept(request, response);
      if (socket === undefined) {
        if (!(opened instanceof DomainError)) opened.cancel();
        return;
      }
      const client = new WebSocketStream(socket);
      if (opened instanceof DomainError) await refuse(client, opened);
      else await relay(client, opened, this.streams, request);
    }
  }
  Object.defineProperty(SocketController, 'name', { value: `${open.service}.${open.name}` });
  const { prototype } = SocketController;
  const descriptor = Object.getOwnPropertyDescriptor(prototype, 'handle') ?? {};
  Get(definition.path)(prototype, 'handle', descriptor);
  Req()(prototype, 'handle', 0);
  Res()(prototype, 'handle', 1);
  Inject(OpenByteStream)(SocketController, undefined, 0);
  Inject(OpenStreams)(SocketController, undefined, 1);
  Inject(Upgrades)(SocketController, undefined, 2);
  DeclaresStream(definition)(SocketController);
  Controller()(SocketController);
  return SocketController;
}

/** Both ways at once, each as fast as it is taken; the end of either is the end of both. */
async function relay(
  client: WebSocketStream,
  stream: ByteStream,
  streams: OpenStreams,
  request: Request,
): Promise<void> {
  const held: HeldStream = {
    signal: client.signal,
    announceRestart: () => {
      void say(client, { reason: 'restart' });
      stream.cancel();
    },
  };
  try {
    streams.hold(request, () => held);
    const taken = new TakenBytes();
    void sendIn(client, stream, taken);
    for await (const { channel, bytes } of stream.frames) {
      await taken.room(client.signal);
      taken.sent(bytes.length);
      await client.write(channel, bytes);
    }
    client.close();
  } catch (error) {
    stream.cancel();
    await refuse(client, error instanceof StreamLost ? gone() : toDomainError(error));
  }
}

async function sendIn(client: WebSocketStream, stream: ByteStream, taken: TakenBytes): Promise<void> {
  for await (const { channel, bytes } of client.frames)
    if (FROM_CLIENTS.has(channel)) await stream.write(channel, bytes);
    else if (channel === byteChannels.taken) taken.said(Buffer.from(bytes).toString('latin1'));
  stream.cancel();
}

function refuse(client: WebSocketStream, error: DomainError): Promise<void> {
  return say(client, { reason: 'failure', error: error.toEnvelope(currentRequestContext()?.requestId) });
}

async function say(client: WebSocketStream, end: StreamEnd): Promise<void> {
  await client.write(byteChannels.status, Buffer.from(JSON.stringify(end)));
  client.close();
}

function gone(): DomainError {
  return new DomainError('CONNECTION_LOST', 'unavailable', 'The process that served this is gone.');
}
