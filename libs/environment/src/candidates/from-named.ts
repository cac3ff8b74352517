import type { NamedValue } from '../environment-input.ts';
import type { Offer } from './level.ts';

export function fromNamed({ secretSetting, ...rest }: NamedValue): Offer {
  return { ...rest, origin: { secretSetting } };
}
