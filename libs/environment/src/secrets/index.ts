export { bytesFor, secretFormats, secretFrom } from './secret-format.ts';
export type { SecretFormat } from './secret-format.ts';
export { weakSecret } from './weak-secret.ts';
