/**
 * Agents that send fixed calls at fixed blocks, for rules of the chain that no strategy of the library reaches. Blocks
 * count from the first block of the run; amounts are rao.
 */

export const TAO = 1_000_000_000n;
/** Proportions of childkeys are of this. */
export const WHOLE = 18_446_744_073_709_551_615n;

const population = (description) => ({ kind: "population", initial: "", description });

/**
 * A strategy that sends what `script` says: `[block, (view, keys) => [[signer, call, args, lifetime], ...]]`, ascending.
 * What has a lifetime, in blocks, comes before what has none.
 */
export const scripted = (name, role, summary, script, hotkeys = 1) => ({
  name,
  role,
  summary,
  parameters: {
    knows: population("Population whose first hotkey it acts on."),
    deals_with: population("Another population that it knows."),
  },
  hotkeys: () => hotkeys,
  begin: () => ({ step: 0, start: -1 }),
  wake(view, _random, { step, start }, { knows, deals_with }) {
    const begin = start < 0 ? view.block : start;
    const members = knows === "" ? [] : view.members(knows);
    const keys = {
      coldkey: view.agent.coldkey,
      own: view.agent.hotkeys[0],
      second: view.agent.hotkeys[1],
      other: members[0]?.hotkeys[0],
      others: members,
      partners: deals_with === "" ? [] : view.members(deals_with),
    };
    const submissions = [];
    let next = step;
    for (; next < script.length && begin + script[next][0] <= view.block; next++)
      for (const [signer, call, args, lifetime] of script[next][1](view, keys))
        submissions.push({
          call: { call, origin: { signed: signer }, args },
          ...(lifetime === undefined ? {} : { lifetime }),
        });
    return {
      submissions,
      state: { step: next, start: begin },
      nextWake: next < script.length ? begin + script[next][0] : null,
    };
  },
});

/** A call of the owner of subnet 2, once there is one, by somebody who may act for it. */
export const proxied = (view, delegate, call, args) => {
  const real = view.subnet(2)?.owner;
  return real === undefined
    ? []
    : [[delegate, "Proxy.proxy", { real, forceProxyType: null, call: { call, args } }]];
};

export const weights = (netuid, uids) => ({
  netuid,
  dests: uids,
  weights: uids.map(() => 65_535),
  versionKey: 0n,
});
