import type { Reporter, TestModule } from 'vitest/node';

/** One plain line at the end, for whoever reads a log without colours: "812 passed, 0 failed, 3 skipped". */
export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const counts = { passed: 0, failed: 0, skipped: 0, pending: 0 };
    for (const module of modules) for (const test of module.children.allTests()) counts[test.result().state]++;
    const broken = modules.filter((module) => module.errors().length > 0).length;
    process.stdout.write(`\n${counts.passed} passed, ${counts.failed + broken} failed, ${counts.skipped} skipped\n`);
  }
}
