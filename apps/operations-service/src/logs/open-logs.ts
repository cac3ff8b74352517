import { Injectable } from '@nestjs/common';
import { channels, sendEvent, type ByteStream, type StreamOffer } from '@ushadow/byte-streams';
import { DomainError, failure, operations, type InputOf, type StackPlaceData, clusterOf } from '@ushadow/contracts';
import { Positions, sinceTime, textMatcher, unpackPositions, type LogTime, type Masker } from '@ushadow/logs';
import { Redactor } from '@ushadow/secrets';
import { Streams } from '../byte-streams/streams.ts';
import { ClusterConnections } from '../clusters/cluster-connections.ts';
import { StackPlaces } from '../stacks/stack-places.ts';
import type { LogWishes } from './log-wishes.ts';
import { LogSession } from './log-session.ts';
import { eventOutlet, textOutlet } from './outlets.ts';
import type { LogOutlet } from './log-queue.ts';

type Follow = InputOf<typeof operations.openLogs>;
type Download = InputOf<typeof operations.openLogDownload>;
type Selection = Pick<Follow, 'stack_id' | 'services' | 'pod' | 'container' | 'previous' | 'since' | 'tail' | 'search'>;

/** Offers the lines of a stack, once it is known that there is one and that its cluster may be asked. */
@Injectable()
export class OpenLogs {
  constructor(
    private readonly stacks: StackPlaces,
    private readonly clusters: ClusterConnections,
    private readonly streams: Streams,
  ) {}

  async follow({ certificate_sha256, after, follow, ...selection }: Follow): Promise<StreamOffer> {
    const now = nowTime();
    const resumed = after === undefined ? undefined : unpackPositions(after);
    if (after !== undefined && resumed === undefined) throw notAPlace();
    const positions = resumed ?? new Positions(now);
    const open = await this.session(selection, { follow, positions, isResumed: resumed !== undefined });
    return this.streams.offer(
      (stream, signal) =>
        send(
          open(),
          eventOutlet((event) => sendEvent(stream, event), positions),
          stream,
          signal,
        ),
      certificate_sha256,
    );
  }

  async download({ certificate_sha256, timestamps, ...selection }: Download): Promise<StreamOffer> {
    const state = { follow: false, positions: new Positions(nowTime()), isResumed: false };
    const open = await this.session(selection, state);
    return this.streams.offer((stream, signal) => {
      const write = (text: string): Promise<void> => stream.write(channels.stdout, Buffer.from(text));
      return send(open(), textOutlet(write, timestamps), stream, signal);
    }, certificate_sha256);
  }

  /** @throws DomainError before anything is offered */
  private async session(
    { stack_id, services, pod, container, search, since, tail, previous }: Selection,
    state: { readonly follow: boolean; readonly positions: Positions; readonly isResumed: boolean },
  ): Promise<() => LogSession> {
    const place = await this.stacks.find(stack_id);
    refuseUnknown(place, services);
    await this.clusters.to(clusterOf(place.target));
    const wishes: LogWishes = {
      ...{ previous, tail, follow: state.follow && !previous },
      since: since === undefined ? undefined : timeOf(since),
      matches: textMatcher(search),
    };
    const { positions, isResumed } = state;
    return () =>
      new LogSession({
        ...{ place, services, pod, container, wishes, positions, isResumed },
        connect: () => this.clusters.to(clusterOf(place.target)),
        freshMasker: () => this.masker(place),
      });
  }

  /** Values alone: what only looks like a secret is for who reads it to judge. */
  private async masker({ target, namespace }: StackPlaceData): Promise<Masker> {
    const redactor = new Redactor(await this.stacks.secretValues(clusterOf(target), namespace));
    return { mask: (text) => redactor.maskValues(text), longest: redactor.longestForm };
  }
}

/** Reads and sends at once: whichever ends ends the other. */
async function send(session: LogSession, outlet: LogOutlet, stream: ByteStream, signal: AbortSignal): Promise<void> {
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const reading = session.run(both);
  try {
    await Promise.race([session.queue.sendTo(outlet, both), reading.then(() => new Promise<never>(() => undefined))]);
  } finally {
    over.abort();
    await reading;
  }
  if (!signal.aborted) await stream.end({ reason: 'done' });
}

function refuseUnknown({ project, namespace, services: known }: StackPlaceData, wanted: readonly string[] = []): void {
  const names = known.map(({ service }) => service);
  const unknown = wanted.find((service) => !names.includes(service));
  if (unknown === undefined && names.length > 0) return;
  const message =
    unknown === undefined
      ? `${project} was never deployed to ${namespace}, or was removed.`
      : `${project} in ${namespace} has no service ${unknown}; it has ${names.join(', ')}.`;
  throw failure(operations.openLogs, 'SERVICE_NOT_DEPLOYED', message);
}

function timeOf(since: string): LogTime {
  const time = sinceTime(since, Date.now());
  if (time === undefined) throw new DomainError('INVALID_INPUT', 'invalid', `since: ${since} is no time.`);
  return time;
}

function nowTime(): LogTime {
  return timeOf('0s');
}

function notAPlace(): DomainError {
  return new DomainError('INVALID_INPUT', 'invalid', 'after: is no place in these logs.');
}
