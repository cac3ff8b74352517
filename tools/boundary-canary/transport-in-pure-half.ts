// as libs/kubernetes/src/canary.ts
// expect no-restricted-imports 2
import { Agent } from 'undici';
import { connect } from './transport/connect.ts';

export const used = [Agent, connect];
