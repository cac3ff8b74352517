// as libs/compose/src/canary.ts
// expect @nx/enforce-module-boundaries 2
import { migrate } from '@ushadow/postgres';
import { testDatabase } from '@ushadow/testing';

export const used = [migrate, testDatabase];
