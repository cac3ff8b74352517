import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import { operations } from '@ushadow/contracts';
import { EventBus, invalidInput, RpcCaller, toDomainError } from '@ushadow/messaging';
import { requestContext } from '@ushadow/observability';
import type { Request, Response } from 'express';
import { streamProgress } from './progress-stream.ts';

const HEARTBEAT_MS = 15_000;
const RETRY_MS = 1_000;

/** Progress of a deployment as server-sent events: `progress` (id = sequence), then one `end`; `error` when it cannot go on. */
@Controller()
export class ProgressController {
  private readonly caller: RpcCaller;
  private readonly bus: EventBus;

  constructor(@Inject(RpcCaller) caller: RpcCaller, @Inject(EventBus) bus: EventBus) {
    this.caller = caller;
    this.bus = bus;
  }

  @Get('/api/deployments/:deployment_id/events/stream')
  async stream(@Param('deployment_id') id: string, @Req() request: Request, @Res() response: Response): Promise<void> {
    const input = operations.getDeployment.input.safeParse({ deployment_id: id });
    if (!input.success) throw invalidInput(input.error);
    await this.caller.call(operations.getDeployment, input.data);
    const abort = new AbortController();
    request.on('close', () => {
      abort.abort();
    });
    response.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    response.write(`retry: ${String(RETRY_MS)}\n\n`);
    const heartbeat = setInterval(() => response.write(': still here\n\n'), HEARTBEAT_MS);
    const sink = {
      progress: (event: { sequence: number }) =>
        void response.write(`id: ${String(event.sequence)}\nevent: progress\ndata: ${JSON.stringify(event)}\n\n`),
      end: (deployment: unknown) => void response.write(`event: end\ndata: ${JSON.stringify(deployment)}\n\n`),
    };
    try {
      const parts = { caller: this.caller, bus: this.bus, sink, signal: abort.signal };
      await streamProgress(parts, input.data.deployment_id, lastEventId(request));
    } catch (error) {
      // The client's EventSource connects again and goes on after the last id it saw.
      response.write(
        `event: failure\ndata: ${JSON.stringify(toDomainError(error).toEnvelope(requestContext().requestId))}\n\n`,
      );
    } finally {
      clearInterval(heartbeat);
      response.end();
    }
  }
}

function lastEventId(request: Request): number {
  const id = Number(request.header('last-event-id') ?? request.query['after'] ?? 0);
  return Number.isSafeInteger(id) && id > 0 ? id : 0;
}
