/** Gets things ready ahead of those who use them, so many at once; whatever is ready first is handed out first. */

/** Hands out what is ready; undefined when everything was. */
export type Next<T> = () => Promise<T | undefined>;

/** Begins at once; `ready` must not reject. No more than `atOnce` are in the making or made and not yet handed out. */
export function ahead<S, T>(
  items: readonly S[],
  ready: (item: S) => Promise<T>,
  { atOnce, stopped }: { readonly atOnce: number; stopped(): boolean },
): Next<T> {
  const made: T[] = [];
  const waiting: ((item: T | undefined) => void)[] = [];
  let [next, making] = [0, 0];
  function refill(): void {
    while (!stopped() && next < items.length && making + made.length < atOnce) void make(items[next++] as S);
    if (making === 0 && made.length === 0) for (const tell of waiting.splice(0)) tell(undefined);
  }
  async function make(item: S): Promise<void> {
    making++;
    const it = await ready(item);
    making--;
    const tell = waiting.shift();
    if (tell) tell(it);
    else made.push(it);
    refill();
  }
  refill();
  return () =>
    new Promise((resolve) => {
      const it = made.shift();
      if (it === undefined) waiting.push(resolve);
      else resolve(it);
      refill();
    });
}
