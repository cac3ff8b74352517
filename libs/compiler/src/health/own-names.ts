import type { NamedDesign, NamedService } from '../model/design.ts';
import { namesOf } from '../names/other-names.ts';

/** Every name, in lower case, under which Compose leads a service to itself: its own, or those of the one it joins. */
export function ownNames(designed: NamedService, design: NamedDesign): ReadonlySet<string> {
  const owner = ownerOf(designed, design);
  const names = [owner.service.name, owner.endpoint, ...namesOf(owner.service, design).map(({ name }) => name)];
  return new Set(names.map((name) => name.toLowerCase()));
}

/** The service whose network it uses. */
export function ownerOf<S extends NamedService>(designed: S, design: { readonly services: readonly S[] }): S {
  const { joins } = designed.service.membership;
  if (joins === undefined) return designed;
  return (
    design.services.find(({ service }) => service.name === joins || service.membership.containerName === joins) ??
    designed
  );
}
