import type {
  Design,
  DraftedDesign,
  ExposedDesign,
  GroupedDesign,
  NamedDesign,
  PlacedDesign,
} from '../model/design.ts';
import type { Pass, PassContext } from './pass.ts';
import { beginExposing, beginFinishing, beginGrouping, beginNaming, beginPlacing } from './draft-design.ts';
import { assignNames } from './assign-names.ts';
import { chooseImage } from './choose-image.ts';
import { chooseKind } from './choose-kind.ts';
import { chooseNodes } from './choose-nodes.ts';
import { chooseRollout } from './choose-rollout.ts';
import { chooseRoutes } from './choose-routes.ts';
import { chooseStreams } from './choose-streams.ts';
import { chooseScale } from './choose-scale.ts';
import { deriveProbes } from './derive-probes.ts';
import { fillVolumes } from './fill-volumes.ts';
import { gatherRoutes } from './gather-routes.ts';
import { gatherSettings } from './gather-settings.ts';
import { gatherTexts } from './gather-texts.ts';
import { inferPorts } from './infer-ports.ts';
import { isolateNetworks } from './isolate-networks.ts';
import { judgeSecrets } from './judge-secrets.ts';
import { referToSecrets } from './refer-to-secrets.ts';
import { joinPods } from './join-pods.ts';
import { nameObjects } from './name-objects.ts';
import { nameAliases } from './name-aliases.ts';
import { orderPods } from './order-pods.ts';
import { placeStorage } from './place-storage.ts';
import { chooseWaits } from './choose-waits.ts';
import { readRecipes } from './read-recipes.ts';
import { resolveEnvironment } from './resolve-environment.ts';
import { sizeResources } from './size-resources.ts';
import { splitSecrets } from './split-secrets.ts';

/** Every decision in order. A pass may use what the stages before its own decide, and what stands before it in its own. */
const NAMING: readonly Pass<NamedDesign>[] = [
  assignNames,
  resolveEnvironment,
  judgeSecrets, // before anything reads values
  gatherSettings,
  gatherRoutes, // what was asked for comes before what labels say
];

const EXPOSING: readonly Pass<ExposedDesign>[] = [
  chooseImage,
  readRecipes,
  gatherTexts,
  inferPorts, // reads images, texts, health checks and routes
];

const GROUPING: readonly Pass<GroupedDesign>[] = [
  joinPods, // ports of one pod get names that are unique in it
  chooseWaits,
  chooseKind, // reads who waits for whom
  chooseScale,
];

const PLACING: readonly Pass<PlacedDesign>[] = [
  placeStorage, // a stateful service keeps its own volumes
  fillVolumes, // reads where everything was placed
  nameObjects, // what mounts and stores are called is known from here on
];

const FINISHING: readonly Pass<Design>[] = [
  chooseNodes, // reads which stores are shared
  nameAliases,
  isolateNetworks,
  splitSecrets,
  deriveProbes,
  referToSecrets, // commands read secrets from the variables that there are
  orderPods, // a check that others wait for becomes a start-up probe
  sizeResources,
  chooseRollout, // reads volumes, ports and resources of the whole pod
  chooseRoutes,
  chooseStreams,
];

/** All stages, one after the other. */
export function decide(drafted: DraftedDesign, context: PassContext): Design {
  const named = runAll(NAMING, beginNaming(drafted), context);
  const exposed = runAll(EXPOSING, beginExposing(named), context);
  const grouped = runAll(GROUPING, beginGrouping(exposed), context);
  const placed = runAll(PLACING, beginPlacing(grouped), context);
  return runAll(FINISHING, beginFinishing(placed), context);
}

function runAll<D extends DraftedDesign>(passes: readonly Pass<D>[], design: D, context: PassContext): D {
  return passes.reduce((decided, pass) => pass.run(decided, context), design);
}
