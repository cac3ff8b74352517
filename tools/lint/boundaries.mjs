// @ts-check
/**
 * Who may depend on whom, in two dimensions; each project carries one tag of each. A tag says what a project is for
 * (`type:`) and where its code can run (`runtime:`).
 */
export const boundaries = [
  {
    sourceTag: 'type:contract',
    onlyDependOnLibsWithTags: ['type:contract'],
    allowedExternalImports: ['zod'],
  },
  {
    sourceTag: 'type:core',
    onlyDependOnLibsWithTags: ['type:core'],
    // undici and ws are for the transport of libs/kubernetes alone: tools/lint/pure-code.mjs bans them elsewhere.
    allowedExternalImports: ['yaml', 'zod', 'fastest-levenshtein', 'smol-toml', 'undici', 'ws', '@noble/hashes/*'],
  },
  {
    sourceTag: 'type:engine',
    onlyDependOnLibsWithTags: ['type:core', 'type:contract'],
    bannedExternalImports: ['@nestjs/*', '@nats-io/*', '@prisma/*', 'pg', '@kubernetes/*', 'undici', 'ws'],
  },
  {
    sourceTag: 'type:adapter',
    onlyDependOnLibsWithTags: ['type:engine', 'type:core', 'type:contract'],
    bannedExternalImports: ['@nestjs/*', '@prisma/*'],
  },
  {
    sourceTag: 'type:kit',
    onlyDependOnLibsWithTags: ['type:contract', 'type:kit'],
    bannedExternalImports: ['@prisma/*'],
  },
  {
    sourceTag: 'type:app',
    onlyDependOnLibsWithTags: ['type:contract', 'type:core', 'type:engine', 'type:adapter', 'type:kit'],
  },
  {
    sourceTag: 'type:testing',
    onlyDependOnLibsWithTags: ['type:contract', 'type:core', 'type:engine', 'type:adapter'],
    bannedExternalImports: ['@nestjs/*', '@prisma/*'],
  },
  { sourceTag: 'runtime:any', onlyDependOnLibsWithTags: ['runtime:any'] },
  { sourceTag: 'runtime:browser', onlyDependOnLibsWithTags: ['runtime:any', 'runtime:browser'] },
  { sourceTag: 'runtime:node', onlyDependOnLibsWithTags: ['runtime:any', 'runtime:node'] },
];

/** What tests may import beside what their project may. */
const TEST_LIBRARIES = ['@jest/globals', 'fast-check'];

export const boundariesOfTests = boundaries.map((each) =>
  each.allowedExternalImports
    ? { ...each, allowedExternalImports: [...each.allowedExternalImports, ...TEST_LIBRARIES] }
    : each,
);

/** Tests on real servers drive a project from outside and may use whatever starts those servers. */
export const boundariesOfServerTests = [{ sourceTag: '*', onlyDependOnLibsWithTags: ['*'] }];
