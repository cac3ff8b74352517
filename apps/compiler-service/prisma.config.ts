import { defineConfig } from 'prisma/config';

// The command line asks for a native engine before it looks at what it is to do; generating needs none, so any file will do.
process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath;
process.env['CHECKPOINT_DISABLE'] ??= '1';

export default defineConfig({ schema: 'prisma/schema.prisma' });
