import type { Measurement } from './measurement.ts';
import { type Beside, benchPipeline } from './pipeline.ts';

/** What the child is asked, in one message. It answers with the measurements and ends. */
export interface Asked {
  texts: readonly string[];
  beside: Beside;
}

process.once('message', async ({ texts, beside }: Asked) => {
  const measured: Measurement[] = await benchPipeline(texts, beside);
  process.send?.(measured, () => process.disconnect());
});
