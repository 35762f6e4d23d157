import { once } from 'node:events';
import { connect, type LookupFunction, type Socket } from 'node:net';

/**
 * A connection that is there, for packages that look names up by themselves and cannot end one that hangs. What breaks
 * before anybody speaks over it shows as its end.
 *
 * @param to with what the server's name is looked up with, see `Reach`
 * @param signal ends the wait for it; from then on it is ended by whoever has it
 * @throws Error what kept it from being connected
 */
export async function openSocket(
  to: { host: string; port: number; lookup: LookupFunction },
  signal: AbortSignal,
): Promise<Socket> {
  const socket = connect(to).on('error', () => {});
  try {
    await once(socket, 'connect', { signal });
    return socket;
  } catch (thrown) {
    socket.destroy();
    throw signal.aborted ? new Error('the time for it was up') : thrown;
  }
}
