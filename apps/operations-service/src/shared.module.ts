import { Module } from '@nestjs/common';
import { ClusterConnections } from './clusters/cluster-connections.ts';
import { Streams } from './byte-streams/streams.ts';
import { StackPlaces } from './stacks/stack-places.ts';

/** What all of this service stands on: streams to gateways, and connections to clusters. */
@Module({ providers: [ClusterConnections, StackPlaces, Streams], exports: [ClusterConnections, StackPlaces, Streams] })
export class SharedModule {}
