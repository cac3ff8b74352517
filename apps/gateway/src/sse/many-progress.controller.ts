import { Controller, Get, Inject, Req, Res } from '@nestjs/common';
import { EventBus, invalidInput, RpcCaller, toDomainError } from '@ushadow/messaging';
import { currentRequestContext } from '@ushadow/observability';
import type { Request, Response } from 'express';
import { openEventStream, type EventStream } from './open-event-stream.ts';
import { streamProgress } from './progress-stream.ts';
import { distinct, watchedInput, type Watched } from './read-watched.ts';

/**
 * Progress of several deployments over one connection, since a browser has few of them for all its tabs. The events are those
 * of the stream of one, and each says which deployment it is of; `failure` names the one that cannot go on. Ends with the last.
 */
@Controller()
export class ManyProgressController {
  private readonly caller: RpcCaller;
  private readonly bus: EventBus;

  constructor(@Inject(RpcCaller) caller: RpcCaller, @Inject(EventBus) bus: EventBus) {
    this.caller = caller;
    this.bus = bus;
  }

  @Get('/api/events/stream')
  async stream(@Req() request: Request, @Res() response: Response): Promise<void> {
    const input = watchedInput.safeParse({ deployment: request.query['deployment'] });
    if (!input.success) throw invalidInput(input.error);
    using events = openEventStream(request, response);
    await Promise.all(distinct(input.data.deployment).map((watched) => this.follow(watched, events)));
  }

  private async follow({ id, after }: Watched, events: EventStream): Promise<void> {
    const sink = {
      progress: (event: unknown) => events.send('progress', event),
      end: (deployment: unknown) => events.send('end', deployment),
    };
    try {
      await streamProgress({ caller: this.caller, bus: this.bus, sink, signal: events.signal }, id, after);
    } catch (error) {
      const envelope = toDomainError(error).toEnvelope(currentRequestContext()?.requestId);
      events.send('failure', { deployment_id: id, error: envelope });
    }
  }
}
