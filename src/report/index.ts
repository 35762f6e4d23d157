export { CSV_TABLES, type CsvTable, csvOf } from './csv.ts';
export { digestOf } from './digest.ts';
export { type Figures, figuresOf, lastDays, type ReportParts } from './figures.ts';
