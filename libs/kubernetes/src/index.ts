export { isJsonObject, valueAt } from './json.ts';
export type { JsonObject, JsonPrimitive, JsonValue } from './json.ts';
export type { KubeObject, ObjectMeta, OwnerReference } from './object.ts';
export { formatApiVersion, formatObjectId, objectId, objectKey, parseApiVersion } from './object-id.ts';
export type { ObjectId } from './object-id.ts';
