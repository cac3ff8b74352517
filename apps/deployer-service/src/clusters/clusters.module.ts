import { Module } from '@nestjs/common';
import { ClusterConnections } from './cluster-connections.ts';
import { ProcessIdentity } from './process-identity.ts';

/** Connections to clusters, shared by all that this process does. */
@Module({
  providers: [ClusterConnections, ProcessIdentity],
  exports: [ClusterConnections, ProcessIdentity],
})
export class ClustersModule {}
