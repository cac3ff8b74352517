// as libs/compiler/src/canary.ts
// expect @nx/enforce-module-boundaries 1
import * as engine from '@ushadow/deploy-engine';

export const used = engine;
