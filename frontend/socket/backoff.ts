/** How long to wait before the next try to connect. */

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 30_000;

/**
 * Doubles with each failed try, up to 30 s. Half of it is by chance, so that the thousand clients
 * of a restarted server do not come back in the same instant. `random` is in [0, 1).
 */
export function waitBeforeTry(failedTries: number, random: number): number {
  const whole = Math.min(FIRST_WAIT_MS * 2 ** failedTries, LONGEST_WAIT_MS);
  return whole / 2 + (whole / 2) * random;
}
