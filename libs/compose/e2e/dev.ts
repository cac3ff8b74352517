import { loadProject } from '@ushadow/compose';
import { diskFiles } from './disk-files.ts';
import { differences, normaliseOurs, normaliseReference } from './normalise.ts';
import { askReference } from './reference.ts';
import { allRuns } from './runs.ts';
import { readFileSync, writeFileSync, existsSync } from 'node:fs';
const cacheFile = '/tmp/cx/oracle.json';
const cache: Record<string, any> = existsSync(cacheFile) ? JSON.parse(readFileSync(cacheFile, 'utf8')) : {};
const runs = allRuns('/work/shared/fixtures');
let dirty = false;
const filter = process.argv[2];
let equal = 0, refusedBoth = 0, bad = 0;
let ms = 0;
for (const run of runs) {
  if (filter && !run.name.includes(filter)) continue;
  if (!cache[run.name]) { cache[run.name] = await askReference('/opt/ushadow-tools/docker-compose', run); dirty = true; }
  const theirs = cache[run.name];
  const t = performance.now();
  let ours;
  try { ours = loadProject({ files: run.files, port: diskFiles, environment: run.environment, ...(run.profiles ? { profiles: run.profiles } : {}) }); }
  catch (e) { console.log('THROW', run.name, e); bad++; continue; }
  ms += performance.now() - t;
  const errs = ours.diagnostics.filter((d) => d.severity === 'error');
  if ('refused' in theirs) {
    if (!ours.ok) { refusedBoth++; if (process.env.V) console.log('BOTH', run.name, theirs.refused.slice(0, 150), '|', errs[0]?.message); if (!errs.some(e=>e.position)) console.log('NOPOS', run.name, errs[0]); }
    else { bad++; console.log('THEY REFUSE', run.name, theirs.refused.slice(0, 300)); }
    continue;
  }
  if (!ours.ok) { bad++; console.log('WE REFUSE', run.name, errs.slice(0, 4).map((d) => `${d.position?.line}:${d.position?.column} ${d.code} ${d.message} ${d.path}`)); continue; }
  const diff = differences(normaliseOurs(ours.project), normaliseReference(theirs.project));
  if (diff.length) { bad++; console.log('DIFF', run.name, diff.length, diff.slice(0, 6)); } else equal++;
}
if (dirty) writeFileSync(cacheFile, JSON.stringify(cache));
console.log({ runs: runs.length, equal, refusedBoth, bad, ms });
