import { own } from '@ushadow/kubernetes';
import type { Gpu } from '../model/scheduling.ts';

const RESOURCES: Readonly<Record<string, string>> = {
  amd: 'amd.com/gpu',
  rocm: 'amd.com/gpu',
  intel: 'gpu.intel.com/i915',
};

/** What the device plug-in of a driver offers its GPUs as. */
export function gpuResource({ driver = '' }: Gpu): string {
  return own(RESOURCES, driver) ?? 'nvidia.com/gpu';
}
