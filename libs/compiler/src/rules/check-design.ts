import { callsByOldName } from './names-called.ts';
import { nulCharacters } from './nul-characters.ts';
import { knownInTheOpen, literalsInTheOpen } from './open-secrets.ts';
import type { Design } from '../model/design.ts';
import type { PassContext } from '../passes/pass.ts';
import {
  cutOff,
  extraHosts,
  hostPorts,
  literalAddresses,
  nameServers,
  nothingOutward,
  podNames,
  portsOfOnePod,
  publishedTwice,
} from './network-rules.ts';
import { dockerNames } from './docker-names.ts';
import { outsideObjects } from './outside-objects.ts';
import { likelyTooSmall } from './size-rules.ts';
import { modelsOfDocker, pulledByAge, scratchOfSomebody, stepsOfAllReplicas, unsafeSysctls } from './newest-keys.ts';
import { orderOfTraefik, routeOrder, sameAddress, unmaintainedController } from './route-order-rules.ts';
import { filtersOfRoutes, matchesOfRoutes, prioritiesOfRoutes, schemesOfRoutes, tlsOfRoutes } from './route-rules.ts';
import type { DesignRule, ServiceRule } from './rule.ts';
import {
  namedGroups,
  namedUser,
  sharedMounts,
  unknownPlatform,
  unknownRuntime,
  unknownSecurityOptions,
  unknownSysctls,
} from './security-rules.ts';
import { copiesShareVolume, onePodVolumes } from './volume-rules.ts';
import { clearedCommand, imageOfTheMachine, needsOfTheNode } from './will-it-run.ts';
import { autoscalerNeedsRequests, globalJob, quantities } from './workload-rules.ts';

const SERVICE_RULES: readonly ServiceRule[] = [
  namedUser,
  namedGroups,
  unknownSecurityOptions,
  unknownSysctls,
  unknownRuntime,
  unknownPlatform,
  sharedMounts,
  extraHosts,
  hostPorts,
  podNames,
  nameServers,
  nothingOutward,
  cutOff,
  dockerNames,
  clearedCommand,
  imageOfTheMachine,
  needsOfTheNode,
  modelsOfDocker,
  stepsOfAllReplicas,
  scratchOfSomebody,
  unsafeSysctls,
  pulledByAge,
  autoscalerNeedsRequests,
  globalJob,
  quantities,
  literalsInTheOpen,
  filtersOfRoutes,
  matchesOfRoutes,
  prioritiesOfRoutes,
  schemesOfRoutes,
  tlsOfRoutes,
];
const DESIGN_RULES: readonly DesignRule[] = [
  publishedTwice,
  portsOfOnePod,
  literalAddresses,
  callsByOldName,
  knownInTheOpen,
  nulCharacters,
  copiesShareVolume,
  onePodVolumes,
  outsideObjects,
  likelyTooSmall,
  routeOrder,
  orderOfTraefik,
  sameAddress,
  unmaintainedController,
];

/** Everything worth saying about a finished design. */
export function checkDesign(design: Design, context: PassContext): void {
  for (const designed of design.services) for (const rule of SERVICE_RULES) rule(designed, context);
  for (const rule of DESIGN_RULES) rule(design, context);
}
