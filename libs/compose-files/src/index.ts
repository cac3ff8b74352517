export { DiskFilePort } from './disk-file-port.ts';
