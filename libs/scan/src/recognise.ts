import type { Candidate } from './candidate.ts';
import { rankCandidates } from './choose-candidate.ts';
import { toInfraResult, type InfraResult } from './infra-result.ts';
import { judgeService } from './judge-service.ts';
import { NodeAddresses } from './node-addresses.ts';
import { plausibleRecognisers } from './plausible-recognisers.ts';
import { recognisers } from './recognisers.ts';
import { serviceFacts } from './service-facts.ts';
import { PodIndex } from './view/pod-index.ts';
import type { ServiceView } from './view/service-view.ts';
import type { SliceView } from './view/slice-view.ts';
import { keyOf, type ScanProblem, type ScanViews } from './view/view-reader.ts';

export interface ScanOutput {
  /** One entry for every type that is looked for, found or not. */
  readonly infra: Readonly<Record<string, InfraResult>>;
  /** Services that could not be understood; the others are not affected. */
  readonly problems: readonly ScanProblem[];
}

/** Judges every Service of one namespace, or of several. Never throws. */
export function recognise(views: ScanViews): ScanOutput {
  const pods = new PodIndex(views.pods);
  const slices = Map.groupBy(views.slices, ({ namespace, service }) => keyOf(namespace, service));
  const addresses = new NodeAddresses(views.nodes, slices);
  const candidates = Map.groupBy(
    views.services.flatMap((service) => judge(service, pods, slices.get(keyOf(service.namespace, service.name)) ?? [])),
    ({ type }) => type,
  );
  const infra = recognisers.map((recogniser): [string, InfraResult] => {
    const ranked = rankCandidates(candidates.get(recogniser.type) ?? []);
    return [recogniser.type, toInfraResult(recogniser, ranked, addresses)];
  });
  return { infra: Object.fromEntries(infra), problems: views.problems };
}

function judge(service: ServiceView, pods: PodIndex, slices: readonly SliceView[]): Candidate[] {
  const { namespace, selector } = service;
  // Some operators keep the endpoints themselves, of a Service that selects nothing.
  const containers =
    selector.size > 0
      ? pods.selected(namespace, selector)
      : pods.named(
          namespace,
          slices.flatMap((slice) => slice.pods),
        );
  const ready = slices.length === 0 ? null : slices.some((slice) => slice.ready);
  const facts = serviceFacts(service, containers, ready);
  return plausibleRecognisers(facts).flatMap((recogniser) => judgeService(facts, recogniser) ?? []);
}
