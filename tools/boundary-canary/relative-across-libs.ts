// as libs/scan/src/canary.ts
// expect @nx/enforce-module-boundaries 1
import * as names from '../../kubernetes/src/index.ts';

export const used = names;
