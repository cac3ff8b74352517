import { z } from 'zod';
import { secret } from '../fields.ts';

/** 256 KiB as base64, with room for line breaks. */
const MAX_CHARS = 400_000;

/** An upload. What is not base64, UTF-8 or a kubeconfig is distinguished by the operation. */
export const kubeconfig = secret(
  z
    .string()
    .min(1)
    .max(
      MAX_CHARS,
      'a kubeconfig has at most 256 KiB; send one context only: `kubectl config view --minify --flatten --raw`',
    ),
).describe('The kubeconfig, base64 of UTF-8 text');
