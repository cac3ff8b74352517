import { unknownUser } from '../images/recipe-user.ts';
import type { ServiceRule } from './rule.ts';

/** An image that runs as somebody whose number nobody knows, and a claim that is root's. */
export const unknownImageUser: ServiceRule = ({ service, settings, recipe, mounts }, { report }) => {
  if (service.security.user !== undefined || settings.fsGroup !== undefined || recipe === undefined) return;
  const user = unknownUser(recipe);
  const written = mounts.find(({ source, readOnly }) => source.kind === 'store' && !readOnly);
  if (user !== undefined && written !== undefined)
    report('CMP0942', written.path, { service: service.name, user, target: written.target });
};
