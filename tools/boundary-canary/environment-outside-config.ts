// as apps/deployer-service/src/canary.ts
// expect no-restricted-properties 1
export const used = process.env['HOME'];
