import { Module } from '@nestjs/common';
import { ClusterConnections } from './clusters/cluster-connections.ts';
import { Streams } from './byte-streams/streams.ts';
import { StackPlaces } from './stacks/stack-places.ts';

const shared = [ClusterConnections, StackPlaces, Streams];

/** What all of this service stands on: streams to gateways, connections to clusters, and where stacks are. */
@Module({ providers: shared, exports: shared })
export class SharedModule {}
