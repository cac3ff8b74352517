import type { Design, DesignedService } from '../model/design.ts';
import { namesOf } from '../names/other-names.ts';

/** Every name, in lower case, under which Compose leads a service to itself: its own, or those of the one it joins. */
export function ownNames(designed: DesignedService, design: Design): ReadonlySet<string> {
  const owner = ownerOf(designed, design);
  const names = [owner.service.name, owner.endpoint, ...namesOf(owner.service, design).map(({ name }) => name)];
  return new Set(names.map((name) => name.toLowerCase()));
}

/** The service whose network it uses. */
export function ownerOf(designed: DesignedService, design: Design): DesignedService {
  const { joins } = designed.service.membership;
  if (joins === undefined) return designed;
  return (
    design.services.find(({ service }) => service.name === joins || service.membership.containerName === joins) ??
    designed
  );
}
