import { Inject, Injectable } from '@nestjs/common';
import { channels, type ByteStream, type Frame, type StreamOffer } from '@ushadow/byte-streams';
import { terminalSize, type InputOf, type operations, clusterOf } from '@ushadow/contracts';
import { KubernetesApiError, type ExecSession } from '@ushadow/kubernetes';
import { Redactor } from '@ushadow/secrets';
import { CONFIG } from '@ushadow/service';
import { Streams } from '../byte-streams/streams.ts';
import type { OperationsConfig } from '../config.ts';
import { StackPlaces } from '../stacks/stack-places.ts';
import { chooseContainer } from './choose-pod.ts';
import { startDebugContainer } from './debug-container.ts';
import { startedWith, variablesOf } from './exec-environment.ts';
import { Policies } from './policies.ts';
import { ServicePods, type ServicePod } from './service-pods.ts';
import { Sessions, type Session } from './sessions.ts';
import { serveSession } from './serve-session.ts';
import { ShellAudit } from './shell-audit.ts';
import { toShellError } from './to-shell-error.ts';

type Input = InputOf<typeof operations.openExec>;

const ACTIONS = { started: 'command.started', ended: 'command.ended' } as const;

/** Commands in containers of a service. */
@Injectable()
export class OpenExec {
  constructor(
    private readonly pods: ServicePods,
    private readonly places: StackPlaces,
    private readonly policies: Policies,
    private readonly sessions: Sessions,
    private readonly audit: ShellAudit,
    private readonly streams: Streams,
    @Inject(CONFIG) private readonly config: OperationsConfig,
  ) {}

  /** @throws DomainError */
  async run(input: Input): Promise<StreamOffer> {
    const place = await this.pods.place(input.stack_id, input.service);
    await this.policies.require('exec', place);
    const found = await this.pods.find(place, input.service, input.pod);
    const container = chooseContainer(found.pod, input.container);
    const { name } = found.pod.metadata;
    // The audit is for ever, and a password may stand behind a command.
    const secrets = new Redactor(await this.places.secretValues(clusterOf(place.target), place.namespace));
    const offer = await this.streams.offer(async (stream, signal) => {
      await serveSession({
        stream,
        signal,
        session: this.sessions.start('exec', place, input.service),
        audited,
        serve: (session) => this.serve(stream, session, { found, container, input }),
      });
    }, input.certificate_sha256);
    const audited = await this.audit.start(ACTIONS, {
      target: `${place.project}/${input.service}`,
      clusterId: clusterOf(place.target),
      namespace: place.namespace,
      project: place.project,
      services: [input.service],
      stackId: place.stack_id,
      details: {
        pod: name,
        container,
        command: input.command.map((part) => secrets.maskValues(part)),
        tty: input.tty,
        ...(input.environment === undefined ? {} : { environment: [...input.environment] }),
        ...(input.workdir === undefined ? {} : { workdir: input.workdir }),
        ...(input.debug_image === undefined ? {} : { debug_image: input.debug_image }),
      },
    });
    return offer;
  }

  private async serve(
    stream: ByteStream,
    session: Session,
    { found: { transport, pod }, container, input }: { found: ServicePod; container: string; input: Input },
  ): Promise<{ exit_code: number }> {
    const { tty, debug_image: image, width, height } = input;
    const id = { namespace: pod.metadata.namespace ?? '', name: pod.metadata.name };
    const { signal } = session;
    const frames = stream.frames[Symbol.asyncIterator]();
    try {
      const command = startedWith(input, await variablesOf(input.environment ?? [], frames, signal));
      const seconds = this.config.SHELL_SECONDS_MAX;
      const inside =
        image === undefined
          ? container
          : await startDebugContainer({ transport, pod, container, image, seconds }, signal);
      const exec = await transport.exec(id, { container: inside, command, stdin: true, tty, signal });
      if (tty && width !== undefined && height !== undefined) await exec.resize({ width, height });
      return { exit_code: await passBytes({ stream, frames }, exec, session) };
    } catch (error) {
      throw toShellError(error);
    }
  }
}

interface Client {
  readonly stream: ByteStream;
  readonly frames: AsyncIterator<Frame>;
}

/** Both ways at once, each as fast as it is taken, until the command ends. */
async function passBytes({ stream, frames }: Client, exec: ExecSession, session: Session): Promise<number> {
  let problem: unknown;
  sendInput(frames, exec, session)
    .catch((error: unknown) => (problem = error))
    // Whoever sent the input is gone.
    .finally(() => exec.close());
  try {
    for await (const { stream: kind, bytes } of exec.output) {
      session.touch();
      await stream.write(channels[kind], bytes);
    }
    return await exec.exitCode;
  } catch (error) {
    // What hindered the input says more than that the connection has ended for it, and nothing else.
    const isLost = error instanceof KubernetesApiError && error.reason === 'ConnectionLost';
    throw isLost && problem instanceof KubernetesApiError ? problem : error;
  } finally {
    exec.close();
  }
}

async function sendInput(frames: AsyncIterator<Frame>, exec: ExecSession, session: Session): Promise<void> {
  for (let next = await frames.next(); next.done !== true; next = await frames.next()) {
    const { channel, bytes } = next.value;
    session.touch();
    if (channel === channels.stdin) await exec.write(bytes);
    else if (channel === channels.resize) await resize(exec, bytes);
    else if (channel === channels.close) await exec.endInput();
  }
}

async function resize(exec: ExecSession, bytes: Uint8Array): Promise<void> {
  const size = terminalSize.safeParse(parsed(bytes));
  if (size.success) await exec.resize(size.data);
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(bytes).toString('utf8'));
  } catch {
    return undefined;
  }
}
