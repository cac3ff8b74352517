import { databaseConfig, serviceConfig } from '@ushadow/observability';
import type { z } from 'zod';

export const scannerConfig = serviceConfig.extend(databaseConfig.shape);

export type ScannerConfig = z.output<typeof scannerConfig>;
