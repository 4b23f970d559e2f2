// How much is answered to whoever has no token: what nobody vouches for may cost only so much.

/** Of one listener, in any second. */
export const strangersMax = 20;
const windowMs = 1_000;

/** When strangers were answered last, oldest first, once one more was; null: he is one too many. */
export function oneMore(answered: readonly number[], now: number): readonly number[] | null {
  const lately = answered.filter((at) => at > now - windowMs);
  return lately.length >= strangersMax ? null : [...lately, now];
}
