import { Injectable } from '@nestjs/common';
import type { StreamOffer } from '@ushadow/byte-streams';
import type { InputOf, operations } from '@ushadow/contracts';
import { Streams } from '../byte-streams/streams.ts';
import { choosePort } from './choose-pod.ts';
import { serveConnections } from './serve-connections.ts';
import { serveSession } from './serve-session.ts';
import { Policies } from './policies.ts';
import { ServicePods } from './service-pods.ts';
import { Sessions } from './sessions.ts';
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
    const { pod, transport } = await this.pods.find(place, input.service, input.pod);
    const port = choosePort(pod, input.port);
    const id = { namespace: place.namespace, name: pod.metadata.name };
    const offer = await this.streams.offer(
      (stream, signal) =>
        serveSession({
          stream,
          signal,
          session: this.sessions.start('port_forward', place),
          audited,
          serve: (session) =>
            serveConnections(stream, session, {
              target: { pod: id.name, port },
              connect: (ending) => transport.portForward(id, port, { signal: ending }),
            }),
        }),
      input.certificate_sha256,
    );
    const audited = await this.audit.start(ACTIONS, {
      target: `${place.project}/${input.service}`,
      clusterId: place.cluster_id,
      namespace: place.namespace,
      project: place.project,
      services: [input.service],
      stackId: place.stack_id,
      details: { pod: id.name, port },
    });
    return offer;
  }
}
