import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { SecretsError } from './crypto-error.ts';
import { fernetKey, importFernet, openFernet } from './fernet.ts';

const vectors = [
  {
    secret: 'test-auth-secret-key',
    digest: '2a65e4bb992e0fe352a63a2c2fd7dd78d7ad0ada21b86e8fd74646b3ce5397bf',
    key: 'KmXku5kuD-NSpjosL9fdeNetCtohuG6P10ZGs85Tl78=',
    plaintext: 'apiVersion: v1\nkind: Config\n',
    token:
      'gAAAAABlU_EAAAECAwQFBgcICQoLDA0OD1reurKZq52gshtK51cCjXz9J3zsbUFHeNHVKwSBzKGNTtPqD5xhF3wB5iykhrYBI7zyIpWJeXOiN_aPEcnG03Q=',
  },
  {
    secret: 'pässwörd-ключ',
    digest: 'd59fa3399c964a395d1dd2c352627fdc7d3e87cdecb768c3972735dc063cf197',
    key: '1Z-jOZyWSjldHdLDUmJ_3H0-h83st2jDlyc13AY88Zc=',
    plaintext: 'apiVersion: v1\n#',
    token:
      'gAAAAABlU_EB______________________E-MrvmZXhZxeiMrM5uhKH59I_IKS2-ysfse96jd07ewo9Q1NVPXIdGMDhLHQHpVmQe-BQSWhuPK0ryIjQCMB0=',
  },
  {
    secret: 'default-secret-key',
    digest: 'db34d332a8a8a896acaf485a42ce798cc9bbcd096d14bec3832482fef23f437d',
    key: '2zTTMqioqJasr0haQs55jMm7zQltFL7DgySC_vI_Q30=',
    plaintext: 'kind: Config\n',
    token: 'gAAAAABlU_ECAAAAAAAAAAAAAAAAAAAAADG-Km65I_zMS_XmMHzrcLMaDdBNu0LcQuc3hDX7cKHdkc1jSH1ccnL59NH4o2DKJQ==',
  },
] as const;
const [first, second, constant] = vectors;

describe('Fernet import (R88, R89)', () => {
  it.each(vectors)('derives the key of $secret', ({ secret, digest, key }) => {
    expect(createHash('sha256').update(secret, 'utf8').digest('hex')).toBe(digest);
    expect(fernetKey(secret)).toBe(key);
  });

  it.each(vectors)('opens the token of $secret, with or without white space around it', (vector) => {
    expect(openFernet(vector.token, vector.secret)).toBe(vector.plaintext);
    expect(openFernet(` ${vector.token}\n`, vector.secret)).toBe(vector.plaintext);
  });

  it('refuses vector 1 with any one character changed', () => {
    for (let index = 0; index < first.token.length; index += 1) {
      for (const other of ['A', 'B', '=', '!']) {
        if (first.token[index] === other) continue;
        const changed = first.token.slice(0, index) + other + first.token.slice(index + 1);
        expect(() => openFernet(changed, first.secret)).toThrow(SecretsError);
      }
    }
  });

  it('refuses vector 1 with the key of vector 2', () => {
    expect(() => openFernet(first.token, second.secret)).toThrow(/changed or made with another secret/);
  });

  it('refuses vector 1 cut to 60 characters', () => {
    expect(() => openFernet(first.token.slice(0, 60), first.secret)).toThrow('Not a Fernet token.');
  });

  it('refuses a first byte other than 0x80', () => {
    const raw = Buffer.from(first.token, 'base64url');
    raw[0] = 0x81;
    expect(() => openFernet(raw.toString('base64url'), first.secret)).toThrow('Not a Fernet token.');
  });

  it('does not trim the secret', () => {
    expect(() => openFernet(first.token, `${first.secret} `)).toThrow(SecretsError);
  });

  it('says when only the constant of older installations opens a file', () => {
    expect(importFernet(first.token, first.secret)).toEqual({
      plaintext: first.plaintext,
      openedByKnownConstant: false,
    });
    expect(importFernet(constant.token, first.secret)).toEqual({
      plaintext: constant.plaintext,
      openedByKnownConstant: true,
    });
    expect(() => importFernet(second.token, first.secret)).toThrow(/another secret/);
  });
});
