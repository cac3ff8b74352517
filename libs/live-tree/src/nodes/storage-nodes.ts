import type { TreeNodeData } from '@ushadow/contracts';
import type { KubeObject } from '@ushadow/kubernetes';
import { conditionOf, numberAt, textAt, valueAt } from '@ushadow/kubernetes';
import type { Entry } from '../tree/entry.ts';
import type { Surroundings, Told } from './surroundings.ts';
import { objectFields, told, withRemark } from './surroundings.ts';

export function claimNode(entry: Entry, claim: KubeObject, around: Surroundings): TreeNodeData {
  const modes = valueAt(claim, ['spec', 'accessModes']);
  const text = (path: readonly string[]): string | null => textAt(claim, path) || null;
  return {
    type: 'claim',
    ...objectFields(entry, claim, around),
    ...withRemark(told(claim), entry),
    phase: textAt(claim, ['status', 'phase']) || 'Unknown',
    requested: text(['spec', 'resources', 'requests', 'storage']),
    size: text(['status', 'capacity', 'storage']),
    storage_class: text(['spec', 'storageClassName']),
    volume: text(['spec', 'volumeName']),
    access_modes: Array.isArray(modes) ? modes.map(String) : [],
  };
}

export function autoscalerNode(entry: Entry, scaler: KubeObject, around: Surroundings): TreeNodeData {
  return {
    type: 'autoscaler',
    ...objectFields(entry, scaler, around),
    ...withRemark(judgeScaler(scaler), entry),
    scales: `${textAt(scaler, ['spec', 'scaleTargetRef', 'kind'])}/${textAt(scaler, ['spec', 'scaleTargetRef', 'name'])}`,
    least: numberAt(scaler, ['spec', 'minReplicas'], 1),
    most: numberAt(scaler, ['spec', 'maxReplicas']),
    current: numberAt(scaler, ['status', 'currentReplicas']),
    desired: numberAt(scaler, ['status', 'desiredReplicas']),
  };
}

/** What it measures, and whether it may scale, are conditions of its own. */
function judgeScaler(scaler: KubeObject): Told {
  for (const type of ['AbleToScale', 'ScalingActive']) {
    const condition = conditionOf(scaler, type);
    if (condition?.status !== 'False' || condition.reason === 'ScalingDisabled') continue;
    return { health: 'progressing', message: `${condition.reason}: ${condition.message}` };
  }
  return told(scaler);
}
