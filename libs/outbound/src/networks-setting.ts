import { z } from 'zod';
import { isCidr } from './cidr.ts';

/** Networks as an operator writes them into a setting: none unless given. */
export const networksSetting = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== ''),
  )
  .refine((parts) => parts.every(isCidr), 'a list of networks such as 10.0.0.0/8,fd00::/8');
