import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { eventStreams, failure, operations } from '@ushadow/contracts';
import { EventBus, RpcCaller } from '@ushadow/messaging';
import type { Request, Response } from 'express';
import { OpenStreams } from './open-streams.ts';
import { streamScans } from './scan-stream.ts';

/** Scans of a cluster as server-sent events, `progress` and `completed`, for as long as somebody listens. */
@Controller()
export class ScanStreamController {
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

  @Get(eventStreams.followScans.path)
  async stream(@Param('cluster_id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const input = operations.getCluster.input.safeParse({ cluster_id: id });
    if (!input.success) throw failure(operations.getCluster, 'CLUSTER_NOT_FOUND', 'No cluster has this id.');
    await this.caller.call(operations.getCluster, input.data);
    using stream = this.streams.start(request, response);
    const sink = {
      progress: (event: unknown) => stream.send('progress', event),
      completed: (event: unknown) => stream.send('completed', event),
    };
    await streamScans(this.bus, input.data.cluster_id, sink, stream.signal);
  }
}
