import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { COUNTER_MAX, eventStreams, operations } from '@ushadow/contracts';
import { EventBus, invalidInput, RpcCaller, toDomainError } from '@ushadow/messaging';
import { currentRequestContext } from '@ushadow/observability';
import type { Request, Response } from 'express';
import { OpenStreams } from './open-streams.ts';
import { streamProgress } from './progress-stream.ts';

/** Read at once for a client. */
const EVENTS_MAX = 500;

/** Progress of a deployment as server-sent events: `progress` (id = sequence), then one `end`; `error` when it cannot go on. */
@Controller()
export class ProgressController {
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

  @Get(eventStreams.followDeployment.path)
  async stream(@Param('deployment_id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const input = operations.getDeployment.input.safeParse({ deployment_id: id });
    if (!input.success) throw invalidInput(input.error);
    await this.caller.call(operations.getDeployment, input.data);
    using events = this.streams.start(request, response);
    const sink = {
      progress: (event: { sequence: number }) => events.send('progress', event, event.sequence),
      end: (deployment: unknown) => events.send('end', deployment),
    };
    try {
      const parts = { caller: this.caller, bus: this.bus, sink, signal: events.signal, eventsMax: EVENTS_MAX };
      await streamProgress(parts, input.data.deployment_id, lastEventId(request));
    } catch (error) {
      // The client's EventSource connects again and goes on after the last id it saw.
      await events.send('failure', toDomainError(error).toEnvelope(currentRequestContext()?.requestId));
    }
  }
}

function lastEventId(request: Request): number {
  const id = Number(request.header('last-event-id') ?? request.query['after'] ?? 0);
  return Number.isInteger(id) && id > 0 && id <= COUNTER_MAX ? id : 0;
}
