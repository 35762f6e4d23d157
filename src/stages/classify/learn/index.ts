/** Learning from people: their corrections as examples, a challenger made with them, and whether it may go live. */
export { type Comparison, type Contrast, compare, type Judge, type LabelContrast } from './compare.ts';
export { judgePromotion, LEAST_TO_JUDGE, type Verdict } from './gate.ts';
export { holdOut, type Parted } from './held-out.ts';
export { imprintOf } from './imprint.ts';
export { lessonsOf, TEACHING_REASONS } from './lessons.ts';
export { ModelLibrary, type Promotion, Promotions, type Training } from './library.ts';
export { restrictTo } from './restrict.ts';
export { leastCertain } from './uncertain.ts';
