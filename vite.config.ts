import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

/** Lays each text beside itself, compressed once as well as can be: the server hands out what the browser takes. */
function compressed(): Plugin {
  const ways = { br: promisify(brotliCompress), gz: promisify(gzip) };
  return {
    name: 'compressed',
    async writeBundle({ dir = '' }, bundle) {
      const texts = Object.keys(bundle).filter((name) => /\.(?:js|css|html)$/.test(name));
      await Promise.all(
        texts.map(async (name) => {
          const text = await readFile(join(dir, name));
          for (const [ending, compress] of Object.entries(ways))
            await writeFile(join(dir, `${name}.${ending}`), await compress(text));
        }),
      );
    },
  };
}

/**
 * Builds the review inbox (src/surfaces/web/client) into dist/web, which the server hands out as it is.
 *
 * The page needs no more than this policy: no inline script, no inline style, no font or image from elsewhere.
 *   default-src 'self'; img-src 'self' data:; style-src 'self'; script-src 'self'; connect-src 'self';
 *   base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'
 * (React sets style attributes through the DOM, which a policy does not forbid; Mantine's variables come from its file.)
 */
export default defineConfig({
  root: 'src/surfaces/web/client',
  base: './',
  plugins: [react(), compressed()],
  build: {
    outDir: '../../../../dist/web',
    emptyOutDir: true,
    target: 'es2023',
    // A data: address would be one more thing for the policy to allow.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // React, the component library and the data cache, before compression; test/browser weighs the first view.
    chunkSizeWarningLimit: 700,
  },
});
