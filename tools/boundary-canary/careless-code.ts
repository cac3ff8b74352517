// as libs/messaging/src/canary.ts
// expect @typescript-eslint/no-explicit-any 1
// expect @typescript-eslint/ban-ts-comment 1
// expect no-console 1
// expect max-depth 1
export function careless(value: any): void {
  // @ts-ignore
  if (value.a) {
    if (value.b) {
      for (const each of value.c) {
        if (each.d) {
          while (each.e) console.log(each);
        }
      }
    }
  }
}
