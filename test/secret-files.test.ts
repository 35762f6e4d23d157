import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withSecretFiles } from '../src/secret-files.ts';
import { readSettings } from '../src/settings.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  await writeFile(join(folder, 'REDDIT_CLIENT_SECRET'), 'invented-1\n');
  await writeFile(join(folder, 'token'), 'invented-2\r\n');
  await writeFile(join(folder, 'huge'), 'x'.repeat(100_000));
});
afterAll(() => rm(folder, { recursive: true }));

describe('a secret', () => {
  it('may stand in a file that its variable names, or in the folder of systemd', () => {
    const variables = withSecretFiles({ DISCORD_BOT_TOKEN_FILE: join(folder, 'token'), CREDENTIALS_DIRECTORY: folder });
    expect(variables.DISCORD_BOT_TOKEN).toBe('invented-2');
    expect(variables.REDDIT_CLIENT_SECRET).toBe('invented-1');
    expect(variables.NOWHERE).toBeUndefined();
  });

  it('in the environment itself comes first', () => {
    const variables = withSecretFiles({ A: 'here', A_FILE: join(folder, 'token') });
    expect(variables.A).toBe('here');
  });

  it.each([
    ['nowhere', /A_FILE leads to the file .*nowhere, which cannot be read \(ENOENT\)/],
    ['huge', /larger than 64 kB/],
    ['.', /EISDIR/],
  ])('in a file that cannot be read (%s) is said when it is asked for', (file, sentence) => {
    const variables = withSecretFiles({ A_FILE: join(folder, file), B: 'other' });
    expect(variables.B).toBe('other');
    expect(() => variables.A).toThrow(sentence);
  });

  it('of the database comes the same way', () => {
    expect(readSettings({ EARSHOT_DATABASE_URL_FILE: join(folder, 'token') }).databaseUrl).toBe('invented-2');
  });
});
