import { recognise, type ScanOutput } from './recognise.ts';
import { isProblem, isService, ViewReader } from './view/view-reader.ts';

/** Plain JSON of the API server's lists. What may not be listed is left out; the evidence is then thinner. */
export interface ScanInput {
  readonly services: readonly unknown[];
  readonly endpointSlices?: readonly unknown[];
  readonly pods?: readonly unknown[];
  /** Deployments, StatefulSets, DaemonSets: their templates count where no pod runs. */
  readonly workloads?: readonly unknown[];
  readonly nodes?: readonly unknown[];
}

/** Recognises the infrastructure among the Services of one namespace, or of several. Never throws on what they hold. */
export function scanServices(input: ScanInput): ScanOutput {
  const reader = new ViewReader();
  const services = input.services.map((object) => reader.service(object));
  const slices = (input.endpointSlices ?? []).flatMap((object) => reader.slice(object) ?? []);
  const pods = [
    ...(input.pods ?? []).map((object) => reader.pod(object)),
    ...(input.workloads ?? []).map((object) => reader.workload(object)),
  ];
  return recognise({
    services: services.filter(isService),
    problems: services.filter(isProblem),
    slices,
    pods: [...new Set(pods.filter((pod) => pod !== undefined))],
    nodes: (input.nodes ?? []).flatMap((object) => reader.node(object) ?? []),
  });
}
