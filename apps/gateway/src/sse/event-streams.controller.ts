import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { eventStreams, failure, operations } from '@ushadow/contracts';
import { EventBus, invalidInput, RpcCaller, toDomainError } from '@ushadow/messaging';
import { currentRequestContext } from '@ushadow/observability';
import type { Request, Response } from 'express';
import { Declares } from '../access/declares.ts';
import { lastEventId } from './last-event-id.ts';
import type { EventStream } from './open-event-stream.ts';
import { OpenStreams } from './open-streams.ts';
import { streamProgress } from './progress-stream.ts';
import { distinct, watchedInput, type Watched } from './read-watched.ts';
import { streamScans } from './scan-stream.ts';

/** Read at once for a client, over all the deployments it follows; of one at least a few. */
const EVENTS_MAX = 1_000;
const EVENTS_OF_ONE_MIN = 20;
/** The same for a stream of one deployment. */
const EVENTS_ALONE_MAX = 500;

/** What happens, as server-sent events. */
@Controller()
export class EventStreamsController {
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

  /** Progress of a deployment: `progress` (id = sequence), then one `end`; `failure` when it cannot go on. */
  @Declares({ access: eventStreams.followDeployment.access, read: ({ params }) => params })
  @Get(eventStreams.followDeployment.path)
  async followDeployment(
    @Param('deployment_id') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const input = operations.getDeployment.input.safeParse({ deployment_id: id });
    if (!input.success) throw invalidInput(input.error);
    const after = lastEventId(request.header('last-event-id'), request.query['after']);
    if (!after.success) throw invalidInput(after.error);
    await this.caller.call(operations.getDeployment, input.data);
    using events = this.streams.start(request, response);
    const sink = {
      progress: (event: { sequence: number }) => events.send('progress', event, event.sequence),
      end: (deployment: unknown) => events.send('end', deployment),
    };
    try {
      const parts = { caller: this.caller, bus: this.bus, sink, signal: events.signal, eventsMax: EVENTS_ALONE_MAX };
      await streamProgress(parts, input.data.deployment_id, after.data);
    } catch (error) {
      // The client's EventSource connects again and goes on after the last id it saw.
      await events.send('failure', envelopeOf(error));
    }
  }

  /**
   * Progress of several deployments over one connection, since a browser has few of them for all its tabs. The events are
   * those of the stream of one, and each says which deployment it is of; `failure` names the one that cannot go on. Ends with
   * the last.
   */
  @Declares({
    access: eventStreams.followDeployments.access,
    read: ({ query: { deployment } }) =>
      watchedInput.safeParse({ deployment }).data?.deployment.map(({ id }) => ({ deployment_id: id })),
  })
  @Get(eventStreams.followDeployments.path)
  async followDeployments(@Req() request: Request, @Res() response: Response): Promise<void> {
    const input = watchedInput.safeParse({ deployment: request.query['deployment'] });
    if (!input.success) throw invalidInput(input.error);
    const wanted = distinct(input.data.deployment);
    const eventsMax = Math.max(EVENTS_OF_ONE_MIN, Math.floor(EVENTS_MAX / wanted.length));
    using events = this.streams.start(request, response);
    await Promise.all(wanted.map((watched) => this.followOneOf(watched, events, eventsMax)));
  }

  private async followOneOf({ id, after }: Watched, events: EventStream, eventsMax: number): Promise<void> {
    const sink = {
      progress: (event: unknown) => events.send('progress', event),
      end: (deployment: unknown) => events.send('end', deployment),
    };
    try {
      const parts = { caller: this.caller, bus: this.bus, sink, signal: events.signal, eventsMax };
      await streamProgress(parts, id, after);
    } catch (error) {
      await events.send('failure', { deployment_id: id, error: envelopeOf(error) });
    }
  }

  /** Scans of a cluster, `progress` and `completed`, for as long as somebody listens. */
  @Declares({ access: eventStreams.followScans.access, read: ({ params }) => params })
  @Get(eventStreams.followScans.path)
  async followScans(
    @Param('cluster_id') id: string,
    @Req() request: Request,
    @Res() response: Response,
  ): Promise<void> {
    const input = operations.getCluster.input.safeParse({ cluster_id: id });
    if (!input.success) throw failure(operations.getCluster, 'CLUSTER_NOT_FOUND', 'No cluster has this id.');
    await this.caller.call(operations.getCluster, input.data);
    using events = this.streams.start(request, response);
    const sink = {
      progress: (event: unknown) => events.send('progress', event),
      completed: (event: unknown) => events.send('completed', event),
    };
    await streamScans(this.bus, input.data.cluster_id, sink, events.signal);
  }
}

function envelopeOf(error: unknown) {
  return toDomainError(error).toEnvelope(currentRequestContext()?.requestId);
}
