import { Injectable } from '@nestjs/common';
import { channels, sendEvent, type StreamOffer } from '@ushadow/byte-streams';
import type { InputOf, operations } from '@ushadow/contracts';
import { StackPlaces } from '../stacks/stack-places.ts';
import { Streams } from '../byte-streams/streams.ts';

type Follow = InputOf<typeof operations.openLogs>;
type Download = InputOf<typeof operations.openLogDownload>;

/** Offers the lines of a stack. */
@Injectable()
export class OpenLogs {
  constructor(
    private readonly stacks: StackPlaces,
    private readonly streams: Streams,
  ) {}

  async follow({ stack_id, certificate_sha256 }: Follow): Promise<StreamOffer> {
    const { project } = await this.stacks.find(stack_id);
    return this.streams.offer((stream) => sendEvent(stream, { event: 'end', data: { project } }), certificate_sha256);
  }

  async download({ stack_id, certificate_sha256 }: Download): Promise<StreamOffer> {
    const { project } = await this.stacks.find(stack_id);
    const text = Buffer.from(`${project}\n`);
    return this.streams.offer((stream) => stream.write(channels.stdout, text), certificate_sha256);
  }
}
