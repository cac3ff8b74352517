import { Injectable } from '@nestjs/common';
import { KubernetesTransport } from '@ushadow/kubernetes/transport';
import { toApiFailure } from '../check/to-api-failure.ts';
import { ConnectCluster } from '../clusters/connect-cluster.ts';
import { toNode, type NodeData } from './node.mapper.ts';

const DEADLINE_MS = 15_000;

/** Nodes as they are now, by name. */
@Injectable()
export class ListNodes {
  constructor(private readonly connect: ConnectCluster) {}

  async run(clusterId: string): Promise<NodeData[]> {
    const { connection } = await this.connect.run(clusterId);
    const transport = new KubernetesTransport(connection, { callDeadlineMs: DEADLINE_MS });
    try {
      const { items } = await transport.list({ group: '', version: 'v1', kind: 'Node' });
      const nodes = items.map((node) => toNode(clusterId, node));
      return nodes.sort((a, b) => (a.name < b.name ? -1 : 1));
    } catch (error) {
      throw toApiFailure(error);
    } finally {
      await transport.close();
    }
  }
}
