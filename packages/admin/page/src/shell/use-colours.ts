import { type ChartColours, chartColours } from '../chart/chart-colours.ts';
import { useTheme } from './theme.ts';

let read: { theme: string; colours: ChartColours } | undefined;

/** The chart colours of the theme that is shown; the same object until it changes. */
export function useColours(): ChartColours {
  const { shown } = useTheme();
  if (read?.theme !== shown) read = { theme: shown, colours: chartColours() };
  return read.colours;
}
