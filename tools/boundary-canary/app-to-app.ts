// as apps/gateway/src/canary.ts
// expect @nx/enforce-module-boundaries 1
import * as other from '../../deployer-service/src/main.ts';

export const used = other;
