import { failure, operations, type OverrideData, type StackChangeData } from '@ushadow/contracts';
import { fieldAt, type Drift, type DriftedField, type DriftedObject } from '@ushadow/deploy-engine';
import { canonicalJson, formatObjectId, isJsonObject, objectId, objectKey } from '@ushadow/kubernetes';
import { overrideName } from '../content/overrides/override-names.ts';
import { containerOf } from '../content/overrides/service-container.ts';
import { chosen, putInto } from '../content/overrides/with-overrides.ts';
import { withPodMates } from '../content/replicas.ts';
import type { LeftField, StackContent } from '../content/stack-content.ts';
import { listed, updateOf, type PreparedChange } from './change-update.ts';

const operation = operations.changeStack;

const REPLICAS = ['spec', 'replicas'];

type Named = Extract<StackChangeData, { kind: 'repair' }>['drifted'];

interface ChosenDrift {
  readonly drifted: DriftedObject;
  /** Undefined: all of it. */
  readonly fields: ReadonlySet<string> | undefined;
}

/** Brings back what others have changed, as the last good content wants it; what was not named of it is left as it is. */
export function repair(content: StackContent, drift: Drift, named: Named): PreparedChange {
  const mendable = drift.drifted.filter(({ state }) => state !== 'taken');
  const wanted = chosenOf(drift, named).filter(({ drifted }) => mendable.includes(drifted));
  if (wanted.length === 0) throw nothingDrifted(drift);
  const services = servicesOf(content, wanted);
  return {
    kind: 'repair',
    update: updateOf(content, services, {}, leftOf(content, services, drift, wanted)),
    // Whoever has changed it manages it now.
    options: { takeOver: true },
    message: `What others have changed is as it was deployed: ${namesOf(wanted)}`,
  };
}

/** Makes what others have changed part of the content. */
export function adopt(content: StackContent, drift: Drift, named: Named): PreparedChange {
  const wanted = chosenOf(drift, named);
  if (wanted.length === 0) throw nothingDrifted(drift);
  const put: OverrideData[] = [];
  const dropped: string[] = [];
  for (const each of wanted) {
    for (const field of adoptable(each)) {
      const override = overrideOf(content, drift, each.drifted, field);
      // As its file has it: what was chosen before is given up.
      if (override.value === override.file_value) dropped.push(overrideName(override));
      else put.push(override);
    }
  }
  const services = servicesOf(content, wanted);
  const adopted = putInto(content, put);
  return {
    kind: 'adopt',
    update: updateOf(adopted, services, { put, dropped }, leftOf(content, services, drift, wanted)),
    message: `What others have changed is adopted: ${namesOf(wanted)}`,
  };
}

function adoptable({ drifted, fields }: ChosenDrift): readonly DriftedField[] {
  const name = formatObjectId(drifted.object);
  if (drifted.state === 'missing')
    throw refused(`${name} is gone: there is nothing to adopt. Take it out of the project’s files, or bring it back.`);
  if (drifted.state === 'taken') throw refused(`${name} is held by somebody else: ${drifted.reason ?? ''}`);
  const found = drifted.fields.filter(({ path }) => fields?.has(path) !== false);
  if (found.length === 0) throw refused(`${name} differs, but the server does not say in which field.`);
  return found;
}

/** What the project’s files have a word for is kept by that word. */
function overrideOf(content: StackContent, drift: Drift, { object }: DriftedObject, field: DriftedField): OverrideData {
  const live = drift.live.get(objectKey(object));
  const value = live === undefined ? undefined : fieldAt(live, field.steps);
  const name = formatObjectId(object);
  const [service = ''] =
    content.objects.find((wanted) => formatObjectId(objectId(wanted.object)) === name)?.services ?? [];
  if (field.path === 'spec.replicas' && typeof value === 'number')
    return chosen(content, { service, key: 'replicas', value });
  const owner = typeof value === 'string' ? imageOwner(content, name, field.path) : undefined;
  if (owner !== undefined && typeof value === 'string') return chosen(content, { service: owner, key: 'image', value });
  const json = value === undefined ? null : canonicalJson(value);
  return chosen(content, { service, key: 'field', object: name, path: [...field.steps], value: json });
}

/** The service whose image stands at a field. */
function imageOwner(content: StackContent, object: string, path: string): string | undefined {
  return Object.keys(content.services).find((service) => {
    const found = containerOf(content, service);
    if (found === undefined || formatObjectId(objectId(found.wanted.object)) !== object) return false;
    return path === `${found.steps.slice(0, -1).join('.')}${found.steps.at(-1) ?? ''}.image`;
  });
}

/** All that has drifted of what a deployment of these services writes, without what was chosen; and what an autoscaler decides. */
export function leftOf(
  content: StackContent,
  services: readonly string[],
  drift: Drift,
  wanted: readonly ChosenDrift[],
): LeftField[] {
  const about = new Set(withPodMates(content, services));
  const written = new Set(
    content.objects
      .filter((each) => each.services.some((service) => about.has(service)))
      .map(({ object }) => formatObjectId(objectId(object))),
  );
  const asked = new Map(wanted.map(({ drifted, fields }) => [drifted, fields]));
  // Not even its value: it may be another one by the time of the write.
  const autoscaled = drift.autoscaled
    .map((each) => formatObjectId(each))
    .filter((object) => written.has(object))
    .map((object): LeftField => ({ object, steps: REPLICAS }));
  const others = drift.drifted.flatMap((drifted): LeftField[] => {
    const object = formatObjectId(drifted.object);
    if (!written.has(object)) return [];
    const isAsked = asked.has(drifted);
    const fields = asked.get(drifted);
    if (isAsked && fields === undefined) return [];
    const live = drift.live.get(objectKey(drifted.object));
    if (!isAsked && (drifted.state !== 'changed' || drifted.fields.length === 0)) return [{ object }];
    return drifted.fields
      .filter(({ path }) => fields?.has(path) !== true)
      .map(({ steps }) => {
        const value = live === undefined ? undefined : fieldAt(live, steps);
        return { object, steps, ...(value === undefined ? {} : { value }) };
      });
  });
  return [...others, ...autoscaled];
}

/** @throws DomainError `NOTHING_DRIFTED` where something that was named has not */
function chosenOf({ drifted }: Drift, named: Named): ChosenDrift[] {
  if (named === undefined) return drifted.map((each) => ({ drifted: each, fields: undefined }));
  return named.map(({ object, fields }) => {
    const found = drifted.find(({ object: id }) => [formatObjectId(id), `${id.kind}/${id.name}`].includes(object));
    if (found === undefined) throw notDrifted(`${object} is as it was deployed.`);
    const known = new Set(found.fields.map(({ path }) => path));
    const other = fields?.find((path) => !known.has(path));
    if (other !== undefined) throw notDrifted(`${other} of ${object} is as it was deployed.`);
    return { drifted: found, fields: fields === undefined ? undefined : new Set(fields) };
  });
}

function servicesOf(content: StackContent, wanted: readonly ChosenDrift[]): string[] {
  const names = new Set(wanted.map(({ drifted }) => formatObjectId(drifted.object)));
  const objects = content.objects.filter(
    ({ object }) => isJsonObject(object) && names.has(formatObjectId(objectId(object))),
  );
  return [...new Set(objects.flatMap(({ services }) => services))].sort();
}

function namesOf(wanted: readonly ChosenDrift[]): string {
  return listed(wanted.map(({ drifted: { object } }) => `${object.kind}/${object.name}`));
}

function nothingDrifted({ drifted: [first] }: Drift) {
  return notDrifted(
    first === undefined
      ? 'Everything is as it was deployed.'
      : `What has drifted is held by somebody else: ${first.reason ?? formatObjectId(first.object)}`,
  );
}

const notDrifted = (message: string) => failure(operation, 'NOTHING_DRIFTED', message);
const refused = (message: string) => failure(operation, 'NOT_ADOPTABLE', message);
