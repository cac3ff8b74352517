import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { EventBus, invalidInput, RpcCaller, toDomainError } from '@ushadow/messaging';
import { currentRequestContext } from '@ushadow/observability';
import type { Request, Response } from 'express';
import type { EventStream } from './open-event-stream.ts';
import { OpenStreams } from './open-streams.ts';
import { streamProgress } from './progress-stream.ts';
import { distinct, watchedInput, type Watched } from './read-watched.ts';

/** Read at once for a client, over all the deployments it follows; of one at least a few. */
const EVENTS_MAX = 1_000;
const EVENTS_OF_ONE_MIN = 20;

/**
 * Progress of several deployments over one connection, since a browser has few of them for all its tabs. The events are those
 * of the stream of one, and each says which deployment it is of; `failure` names the one that cannot go on. Ends with the last.
 */
@Controller()
export class ManyProgressController {
  private readonly caller: RpcCaller;
  private readonly bus: EventBus;
  private readonly streams: OpenStreams;

  constructor(
    @Inject(RpcCaller) caller: RpcCaller,
    @Inject(EventBus) bus: EventBus,
    @Inject(OpenStreams) streams: OpenStreams,
  ) {
    this.caller = caller;
    this.bus = bus;
    this.streams = streams;
  }

  @Get('/api/events/stream')
  async stream(@Req() request: Request, @Res() response: Response): Promise<void> {
    const input = watchedInput.safeParse({ deployment: request.query['deployment'] });
    if (!input.success) throw invalidInput(input.error);
    const wanted = distinct(input.data.deployment);
    const eventsMax = Math.max(EVENTS_OF_ONE_MIN, Math.floor(EVENTS_MAX / wanted.length));
    using events = this.streams.start(request, response);
    await Promise.all(wanted.map((watched) => this.follow(watched, events, eventsMax)));
  }

  private async follow({ id, after }: Watched, events: EventStream, eventsMax: number): Promise<void> {
    const sink = {
      progress: (event: unknown) => events.send('progress', event),
      end: (deployment: unknown) => events.send('end', deployment),
    };
    try {
      const parts = { caller: this.caller, bus: this.bus, sink, signal: events.signal, eventsMax };
      await streamProgress(parts, id, after);
    } catch (error) {
      const envelope = toDomainError(error).toEnvelope(currentRequestContext()?.requestId);
      await events.send('failure', { deployment_id: id, error: envelope });
    }
  }
}
