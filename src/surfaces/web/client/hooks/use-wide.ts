import { useMediaQuery } from '@mantine/hooks';

/** Queue and mention side by side; below it the mention is a page of its own. */
export const useWide = (): boolean => useMediaQuery('(min-width: 60em)', true, { getInitialValueInEffect: false });
