import { Injectable } from '@nestjs/common';
import { sendEvent, type ByteStream, type StreamOffer } from '@ushadow/byte-streams';
import type { InputOf, operations } from '@ushadow/contracts';
import { Streams } from '../byte-streams/streams.ts';
import { StackViews, type HeldView } from '../live/stack-views.ts';
import { TreeOutbox, type Unsaid } from './tree-outbox.ts';

type Send = (event: string, data: object) => Promise<void>;

/** Offers the tree of a stack as it changes. */
@Injectable()
export class FollowStackTree {
  constructor(
    private readonly views: StackViews,
    private readonly streams: Streams,
  ) {}

  async open({ stack_id, certificate_sha256 }: InputOf<typeof operations.openStackTree>): Promise<StreamOffer> {
    // Is let go at once, and lingers until the stream is fetched.
    (await this.views.hold(stack_id))[Symbol.dispose]();
    return this.streams.offer((stream, signal) => this.serve(stack_id, stream, signal), certificate_sha256);
  }

  private async serve(stackId: string, stream: ByteStream, signal: AbortSignal): Promise<void> {
    using held = await this.views.hold(stackId);
    let sequence = 0;
    const send: Send = (event, data) => {
      sequence += 1;
      return sendEvent(stream, { event, id: String(sequence), data: { sequence, ...data } });
    };
    await follow(held, send, signal);
  }
}

async function follow({ view, place }: HeldView, send: Send, signal: AbortSignal): Promise<void> {
  const outbox = new TreeOutbox();
  const stop = view.listen((change) => outbox.add(change));
  try {
    const lost = view.lost();
    if (lost !== undefined) await send('interrupted', { message: lost });
    let isReady = false;
    void view.ready(signal).then((ready) => {
      isReady = ready;
      outbox.wake();
    });
    let isShown = false;
    for (;;) {
      const unsaid = await outbox.take(signal);
      if (unsaid === undefined) return;
      if (isShown) await sayNodes(unsaid, send);
      else if (isReady) {
        isShown = true;
        const { stack_id, target, namespace, project } = place;
        const nodes = view.nodes();
        await send('snapshot', { stack_id, target, namespace, project, nodes, unseen: view.unseen() });
      }
      if (unsaid.sight?.lost !== undefined) await send('interrupted', { message: unsaid.sight.lost });
      else if (unsaid.sight !== undefined) await send('resumed', {});
    }
  } finally {
    stop();
  }
}

async function sayNodes({ changed, removed, unseen }: Unsaid, send: Send): Promise<void> {
  if (changed.length > 0) await send('changed', { nodes: changed });
  if (removed.length > 0) await send('removed', { ids: removed });
  if (unseen !== undefined) await send('unseen', { unseen });
}
