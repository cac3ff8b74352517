import { textAt } from './view/read-json.ts';
import type { Candidate } from './candidate.ts';
import { rankCandidates } from './choose-candidate.ts';
import { toInfraResult, type InfraResult } from './infra-result.ts';
import { judgeService } from './judge-service.ts';
import { recognisers } from './recognisers.ts';
import { serviceFacts } from './service-facts.ts';
import { nodeAddress } from './view/node-address.ts';
import { PodIndex } from './view/pod-index.ts';
import { readPod, readWorkload } from './view/pod-view.ts';
import { readinessByService } from './view/readiness.ts';
import { readService } from './view/service-view.ts';

/** Plain JSON of the API server's lists. What may not be listed is left out; the evidence is then thinner. */
export interface ScanInput {
  readonly services: readonly unknown[];
  readonly endpointSlices?: readonly unknown[];
  readonly pods?: readonly unknown[];
  /** Deployments, StatefulSets, DaemonSets: their templates count where no pod runs. */
  readonly workloads?: readonly unknown[];
  readonly nodes?: readonly unknown[];
}

export interface ScanOutput {
  /** One entry for every type that is looked for, found or not. */
  readonly infra: Readonly<Record<string, InfraResult>>;
  /** Services that could not be understood; the others are not affected. */
  readonly problems: readonly ScanProblem[];
}

export interface ScanProblem {
  readonly service: string;
  readonly message: string;
}

/** Recognises the infrastructure among the Services of one namespace, or of several. Never throws on what they hold. */
export function scanServices(input: ScanInput): ScanOutput {
  const index = new PodIndex([...(input.pods ?? []).map(readPod), ...(input.workloads ?? []).map(readWorkload)]);
  const ready = readinessByService(input.endpointSlices ?? []);
  const problems: ScanProblem[] = [];
  const candidates: Candidate[] = [];
  for (const service of input.services) {
    try {
      candidates.push(...judge(service, index, ready));
    } catch (error) {
      problems.push({ service: nameOf(service), message: error instanceof Error ? error.message : 'unreadable' });
    }
  }
  const node = nodeAddress(input.nodes ?? []);
  const infra = recognisers.map((recogniser): [string, InfraResult] => {
    const ranked = rankCandidates(candidates.filter((candidate) => candidate.type === recogniser.type));
    return [recogniser.type, toInfraResult(recogniser, ranked, node)];
  });
  return { infra: Object.fromEntries(infra), problems };
}

function judge(object: unknown, index: PodIndex, ready: ReadonlyMap<string, boolean>): Candidate[] {
  const service = readService(object);
  const containers = index.containers(service.namespace, service.selector);
  const isReady = ready.get(`${service.namespace}/${service.name}`) ?? null;
  const facts = serviceFacts(service, containers, isReady);
  return recognisers.flatMap((recogniser) => {
    const candidate = judgeService(facts, recogniser);
    return candidate === undefined ? [] : [candidate];
  });
}

const nameOf = (service: unknown) => textAt(service, 'metadata', 'name') ?? '(no name)';
