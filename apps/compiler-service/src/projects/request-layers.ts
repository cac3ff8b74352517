import type { InputOf, operations } from '@ushadow/contracts';

type Input = InputOf<typeof operations.compileProject>;

/** The layers of a request. */
export function layersOfRequest(
  input: Pick<Input, 'typed' | 'shell' | 'env_file' | 'remembered' | 'service_values' | 'env_secrets'>,
) {
  const { typed = {}, shell = {}, env_file: envFile = {}, remembered = {} } = input;
  return {
    layers: { typed, shell, envFile, remembered },
    serviceValues: input.service_values ?? {},
    secrets: input.env_secrets ?? {},
  };
}
