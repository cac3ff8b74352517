// as apps/web/src/canary.ts
// expect @nx/enforce-module-boundaries 1
import * as messaging from '@ushadow/messaging';

export const used = messaging;
