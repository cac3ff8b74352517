import { describe, expect, it } from '@jest/globals';
import { gatherText } from '../testing/gather-text.ts';
import { selectServices } from './select-services.ts';

const { project } = gatherText(`services:
  web: {image: i, depends_on: {db: {condition: service_started}, mail: {condition: service_started, required: false}}}
  db: {image: i, depends_on: [disk]}
  disk: {image: i, profiles: [x]}
  mail: {image: i, profiles: [x]}
  sidecar: {image: i, network_mode: "service:web"}
`).gathered.loaded.result;
const select = (selection: Parameters<typeof selectServices>[1]) => {
  if (project === undefined) throw new Error('not loaded');
  return selectServices(project, selection, 'a');
};

describe('selectServices', () => {
  it('takes all that are active, or those that are named, of whatever profile', () => {
    expect(select({})).toEqual(['db', 'sidecar', 'web']);
    expect(select({ services: ['mail'] })).toEqual(['mail']);
  });

  it('takes along what is needed, and what is only asked for if it is active', () => {
    expect(select({ services: ['web'], withDependencies: true })).toEqual(['db', 'disk', 'web']);
    expect(select({ services: ['sidecar'], withDependencies: true })).toEqual(['db', 'disk', 'sidecar', 'web']);
  });

  it('names what is not there, and what is', () => {
    expect(() => select({ services: ['nope', 'web'] })).toThrow('a has no service nope. It has db, disk, mail');
  });
});
