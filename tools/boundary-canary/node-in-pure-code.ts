// as libs/compiler/src/canary.ts
// expect no-restricted-imports 3
// expect no-restricted-globals 5
// expect no-restricted-properties 2
// expect no-restricted-syntax 1
import { readFileSync } from 'node:fs';
import { join } from 'path';
import { Transport } from '@ushadow/kubernetes/transport';

export const used = [readFileSync, join, Transport, Date.now(), Math.random(), new Date(), Buffer.from('')];
export const more = [fetch, setTimeout, crypto, process.argv];
