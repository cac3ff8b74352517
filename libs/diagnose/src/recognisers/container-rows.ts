import { CONFIG_ROWS } from './config-rows.ts';
import type { ContainerRecogniser } from './container-recogniser.ts';
import { CRASH_ROWS, OOM_ROW } from './crash-rows.ts';
import { IMAGE_ROWS } from './image-rows.ts';
import { KILLING_PROBE_ROWS, READINESS_ROWS } from './probe-rows.ts';
import { START_ROWS } from './start-rows.ts';

/** First match per container wins inside a family; across families the lowest rank is shown as the cause. */
export const CONTAINER_RECOGNISERS: readonly ContainerRecogniser[] = [
  ...CONFIG_ROWS,
  ...IMAGE_ROWS,
  ...START_ROWS,
  OOM_ROW,
  ...KILLING_PROBE_ROWS,
  ...CRASH_ROWS,
  ...READINESS_ROWS,
];
