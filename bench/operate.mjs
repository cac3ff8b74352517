/** What people do with stacks that run: a section for each file of bench/operate, or for the one that is named. */
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { writeSection } from './compile/results-section.mjs';

export const needs = ['cluster', 'postgres', 'nats'];

const { values: options, positionals } = parseArgs({
  options: { 'no-write': { type: 'boolean' } },
  allowPositionals: true,
});
const folder = new URL('operate/', import.meta.url);
const all = readdirSync(folder).filter((file) => file.endsWith('.mjs'));
const chosen = positionals.length === 0 ? all : all.filter((file) => positionals.includes(file.replace(/\.mjs$/, '')));

for (const file of chosen.sort()) {
  const { measure } = await import(new URL(file, folder).href);
  const name = `operate: ${file.replace(/\.mjs$/, '')}`;
  const lines = await measure();
  console.log([`## ${name}`, ...lines, ''].join('\n'));
  if (!options['no-write']) writeSection(name, lines);
}
