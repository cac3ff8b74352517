import type { ControlPlaneLayout } from '../layout.ts';
import { KWOK_ANNOTATION } from '../seed-objects.ts';

export function kwokArguments({ kubeconfig }: ControlPlaneLayout, stages: string): readonly string[] {
  return [
    `--config=${stages}`,
    `--kubeconfig=${kubeconfig}`,
    `--manage-nodes-with-annotation-selector=${KWOK_ANNOTATION}=fake`,
    '--node-lease-duration-seconds=40',
  ];
}
