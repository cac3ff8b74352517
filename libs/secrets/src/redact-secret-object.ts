import { MASK } from './redaction-patterns.ts';

type Fields = Readonly<Record<string, unknown>>;

/** A Kubernetes Secret with its keys kept and every value masked; anything else as it is. */
export function redactSecretObject(object: Fields): Fields {
  if (object['kind'] !== 'Secret') return object;
  return { ...object, ...maskedField(object, 'data'), ...maskedField(object, 'stringData') };
}

/** Whatever stands there is masked: an invalid Secret may hold a number or a list where the map belongs. */
function maskedField(object: Fields, name: string): Fields {
  const value = object[name];
  if (value === undefined || value === null) return {};
  if (typeof value !== 'object' || Array.isArray(value)) return { [name]: MASK };
  return { [name]: Object.fromEntries(Object.keys(value).map((key) => [key, MASK])) };
}
