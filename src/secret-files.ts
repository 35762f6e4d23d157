import { readFileSync } from 'node:fs';

/** Far beyond any key; a file larger than this is some other file. */
const MAX_BYTES = 64 * 1024;

/**
 * The environment, in which a value may also stand in a file, so that a secret shows in no process list and no
 * container's settings: `NAME_FILE` holds its path, or it lies under its name in the folder that systemd's
 * `LoadCredential=` fills (`CREDENTIALS_DIRECTORY`). A value in the environment itself comes first.
 *
 * @throws Error in a sentence, when a value is asked for whose file cannot be read.
 */
export function withSecretFiles(environment: Readonly<Record<string, string | undefined>>) {
  const read = new Map<string, string | undefined>();
  return new Proxy(environment, {
    get(variables, name) {
      if (typeof name !== 'string') return undefined;
      if (variables[name]) return variables[name];
      if (!read.has(name)) read.set(name, fromFile(variables, name));
      return read.get(name);
    },
  });
}

function fromFile(variables: Readonly<Record<string, string | undefined>>, name: string): string | undefined {
  const named = variables[`${name}_FILE`];
  if (named) return contentOf(named, `${name}_FILE`);
  const folder = variables.CREDENTIALS_DIRECTORY;
  // Names of variables only: anything else could lead out of the folder.
  if (!folder || !/^[A-Z][A-Z0-9_]*$/.test(name)) return undefined;
  return contentOf(`${folder}/${name}`, 'CREDENTIALS_DIRECTORY', 'may be missing');
}

/** The file's text without the line break that editors put at the end. */
function contentOf(file: string, variable: string, missing?: 'may be missing'): string | undefined {
  try {
    const bytes = readFileSync(file);
    if (bytes.byteLength > MAX_BYTES) throw Object.assign(new Error(), { code: 'larger than 64 kB' });
    return bytes.toString('utf8').replace(/\r?\n$/, '') || undefined;
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (missing && code === 'ENOENT') return undefined;
    throw new Error(
      `${variable} leads to the file ${file}, which cannot be read (${code}). Check the path and its owner.`,
    );
  }
}
