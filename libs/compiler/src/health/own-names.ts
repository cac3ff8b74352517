import type { Plan, PlannedService } from '../model/design.ts';
import { namesOf } from '../names/other-names.ts';

/** Every name, in lower case, under which Compose leads a service to itself: its own, or those of the one it joins. */
export function ownNames(planned: PlannedService, plan: Plan): ReadonlySet<string> {
  const owner = ownerOf(planned, plan);
  const names = [owner.service.name, owner.endpoint, ...namesOf(owner.service, plan).map(({ name }) => name)];
  return new Set(names.map((name) => name.toLowerCase()));
}

/** The service whose network it uses. */
export function ownerOf(planned: PlannedService, plan: Plan): PlannedService {
  const { joins } = planned.service.membership;
  if (joins === undefined) return planned;
  return (
    plan.services.find(({ service }) => service.name === joins || service.membership.containerName === joins) ?? planned
  );
}
