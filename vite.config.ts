import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

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
  plugins: [react()],
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
