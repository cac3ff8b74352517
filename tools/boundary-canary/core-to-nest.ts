// as libs/scan/src/canary.ts
// expect @nx/enforce-module-boundaries 2
import { Injectable } from '@nestjs/common';

export const used = Injectable;
