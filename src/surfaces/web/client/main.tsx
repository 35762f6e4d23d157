import './styles/library.ts';
import './styles/tokens.css';
import './styles/base.css';
import { createTheme, type MantineColorsTuple, MantineProvider } from '@mantine/core';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { ApiFailure } from './api-client.ts';
import { App } from './app.tsx';
import { firstWords, WordsProvider } from './i18n/index.tsx';
import { startServiceWorker } from './notify/service-worker.ts';

const accent: MantineColorsTuple = [
  '#e2f0f4',
  '#c6e0e8',
  '#9bcad7',
  '#6cb2c6',
  '#469cb4',
  '#2b87a1',
  '#14647f',
  '#0f536a',
  '#0b4356',
  '#083342',
];

/** Colours live in styles/tokens.css: the page's policy allows no style element, so none is made (see vite.config.ts). */
const theme = createTheme({ primaryColor: 'accent', colors: { accent }, respectReducedMotion: true });

const client = new QueryClient({
  defaultOptions: {
    queries: {
      refetchOnWindowFocus: false,
      staleTime: 5_000,
      // A clear answer does not become another by asking again.
      retry: (count, error) => count < 3 && !(error instanceof ApiFailure && error.status >= 400 && error.status < 500),
    },
  },
});

startServiceWorker();
const root = document.getElementById('root');
if (!root) throw new Error('The page has no #root element.');
createRoot(root).render(
  <StrictMode>
    <MantineProvider theme={theme} defaultColorScheme="auto" withCssVariables={false} withGlobalClasses={false}>
      <QueryClientProvider client={client}>
        <WordsProvider first={await firstWords()}>
          <App />
        </WordsProvider>
      </QueryClientProvider>
    </MantineProvider>
  </StrictMode>,
);
