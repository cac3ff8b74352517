import { Injectable } from '@nestjs/common';
import type { StreamOffer } from '@ushadow/byte-streams';
import { DomainError, type InputOf, type operations, type StackPlaceData, clusterOf } from '@ushadow/contracts';
import { classifyError, KubernetesApiError, type PodId, type PodPort } from '@ushadow/kubernetes';
import { Streams } from '../byte-streams/streams.ts';
import { choosePort } from './choose-pod.ts';
import { serveConnections } from './serve-connections.ts';
import { serveSession } from './serve-session.ts';
import { Policies } from './policies.ts';
import { ServicePods } from './service-pods.ts';
import { Sessions, type Session } from './sessions.ts';
import { ShellAudit } from './shell-audit.ts';

const ACTIONS = { started: 'port-forward.started', ended: 'port-forward.ended' } as const;

/** Connections to a port of a pod of a service. */
@Injectable()
export class OpenPortForward {
  constructor(
    private readonly pods: ServicePods,
    private readonly policies: Policies,
    private readonly sessions: Sessions,
    private readonly audit: ShellAudit,
    private readonly streams: Streams,
  ) {}

  /** @throws DomainError */
  async run(input: InputOf<typeof operations.openPortForward>): Promise<StreamOffer> {
    const place = await this.pods.place(input.stack_id, input.service);
    await this.policies.require('port_forward', place);
    const { pod } = await this.pods.find(place, input.service, input.pod);
    const port = choosePort(pod, input.port);
    const id = { namespace: place.namespace, name: pod.metadata.name };
    const offer = await this.streams.offer(
      (stream, signal) =>
        serveSession({
          stream,
          signal,
          session: this.sessions.start('port_forward', place, input.service),
          audited,
          serve: (session) =>
            serveConnections(stream, session, {
              target: { pod: id.name, port },
              connect: (ending) => this.connect(place, { id, port }, session, ending),
            }),
        }),
      input.certificate_sha256,
    );
    const audited = await this.audit.start(ACTIONS, {
      target: `${place.project}/${input.service}`,
      clusterId: clusterOf(place.target),
      namespace: place.namespace,
      project: place.project,
      services: [input.service],
      stackId: place.stack_id,
      details: { pod: id.name, port },
    });
    return offer;
  }

  /** With the credential of now. A pod that is gone does not come back, and its forward ends. */
  private async connect(
    place: StackPlaceData,
    { id, port }: { readonly id: PodId; readonly port: number },
    session: Session,
    signal: AbortSignal,
  ): Promise<PodPort> {
    const transport = await this.pods.transport(place);
    try {
      return await transport.portForward(id, port, { signal });
    } catch (error) {
      if (error instanceof KubernetesApiError && classifyError(error) === 'not-found') {
        const message = `The pod ${id.name} is gone. Forward the port again: another pod may run by now.`;
        session.end(new DomainError('POD_NOT_FOUND', 'not-found', message));
      }
      throw error;
    }
  }
}
