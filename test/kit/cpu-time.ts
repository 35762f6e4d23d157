/** Processor milliseconds that `act` took: the same on a busy machine as on an idle one, unlike the time on the wall. */
export async function cpuTime(act: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await act();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}
