export { DiskFilePort } from './disk-file-port.ts';
export { zip } from './zip.ts';
export type { ZippedFile } from './zip.ts';
