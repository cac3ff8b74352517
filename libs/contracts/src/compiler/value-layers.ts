import { z } from 'zod';
import { composeService } from '../fields.ts';
import { variableName, variableValue } from './environment.ts';

const layer = z.record(variableName, variableValue);

/** Values for variables, layer by layer, the strongest first. Each fills `${NAME}` everywhere and the containers that have it. */
export const valueLayers = {
  typed: layer.optional().describe('Typed now, on a page or as a flag'),
  shell: layer.optional().describe('Of the shell that asks'),
  env_file: layer.optional().describe('Of an env file; over the project’s own `.env`'),
  remembered: layer.optional().describe('Typed earlier and kept'),
};

/** What is said of one service, and of secrets. */
export const valueMarks = {
  service_values: z
    .record(composeService, layer)
    .optional()
    .describe('For the containers of one service alone; they win over every layer'),
  env_secrets: z
    .record(variableName, z.boolean())
    .optional()
    .describe('Whether a variable is kept in a Secret, where the detector’s answer does not suit'),
};
