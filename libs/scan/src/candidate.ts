import type { RecogniserPort } from './recogniser.ts';
import type { Role } from './role.ts';
import type { ServicePort, ServiceView } from './view/service-view.ts';

export type Confidence = 'high' | 'medium' | 'low';

export interface CandidatePort {
  readonly port: ServicePort;
  /** The container port behind it. */
  readonly target: number;
  readonly known: RecogniserPort | undefined;
}

/** A Service that may be infrastructure of a type, with the evidence for it. */
export interface Candidate {
  readonly type: string;
  readonly service: ServiceView;
  /** The one to connect to first. */
  readonly ports: readonly [CandidatePort, ...CandidatePort[]];
  /** The first is the one that applications of this type use. */
  readonly usualPort: boolean;
  readonly confidence: Confidence;
  readonly role: Role;
  /** For people: the evidence, the strongest first. */
  readonly reason: string;
  /** Null when it could not be seen. */
  readonly ready: boolean | null;
  readonly secretRefs: readonly SecretReference[];
}

/** Where a credential lies. Never its value. */
export interface SecretReference {
  readonly role: 'user' | 'password';
  /** Name of the Secret, in the Service's namespace. */
  readonly name: string;
  readonly key: string;
}
