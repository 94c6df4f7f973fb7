/** A hotkey swap carries the links to parents and children over to the new hotkey. */
import type { Chain, Outcome } from "../chain.ts";
import { U64_MAX } from "../numbers/integers.ts";
import type { AccountId, ChildLink, PendingChildren, Subnet } from "../state/network.ts";

const NO_LINKS: readonly ChildLink[] = [];

type Links = Map<AccountId, readonly ChildLink[]>;

/** Whether the new hotkey can take over the links of the old one. */
export function checkRelinked(
  { children, parents }: Subnet,
  from: AccountId,
  to: AccountId,
  maxChildren: number,
): Outcome {
  const down = children.get(from) ?? NO_LINKS;
  const up = parents.get(from) ?? NO_LINKS;
  if (down.some(({ hotkey }) => hotkey === to)) return "InvalidChild";
  if (down.length > maxChildren) return "TooManyChildren";
  if (down.reduce((sum, { proportion }) => sum + proportion, 0n) > U64_MAX) return "ProportionOverflow";
  const loop = up.some(({ hotkey }) => hotkey === to || down.some((child) => child.hotkey === hotkey));
  return loop ? "ChildParentInconsistency" : null;
}

/** `from` becomes `to` in a list, in its place; an entry of `to` before that is gone. */
const renamed = (links: readonly ChildLink[], from: AccountId, to: AccountId): ChildLink[] =>
  links
    .filter(({ hotkey }) => hotkey !== to)
    .map((link) => (link.hotkey === from ? { proportion: link.proportion, hotkey: to } : link));

function store({ journal }: Chain, map: Links, hotkey: AccountId, links: readonly ChildLink[]): void {
  if (links.length === 0) journal.mapDelete(map, hotkey);
  else journal.mapSet(map, hotkey, links);
}

/** Moves one side of the links: `mine` by hotkey, `theirs` where the linked hotkeys list it. */
function relinkSide(chain: Chain, mine: Links, theirs: Links, from: AccountId, to: AccountId): void {
  const kept = mine.get(from) ?? NO_LINKS;
  for (const { hotkey } of mine.get(to) ?? NO_LINKS)
    store(
      chain,
      theirs,
      hotkey,
      (theirs.get(hotkey) ?? NO_LINKS).filter((link) => link.hotkey !== to),
    );
  for (const { hotkey } of kept)
    store(chain, theirs, hotkey, renamed(theirs.get(hotkey) ?? NO_LINKS, from, to));
  chain.journal.mapDelete(mine, from);
  store(chain, mine, to, kept);
}

/** Renames a hotkey in the lists that wait for their cool-down. */
function relinkPending(
  { journal }: Chain,
  { pendingChildren }: Subnet,
  from: AccountId,
  to: AccountId,
): void {
  for (const [hotkey, pending] of pendingChildren) {
    if (hotkey === from || !pending.children.some((child) => child.hotkey === from)) continue;
    const moved: PendingChildren = { ...pending, children: renamed(pending.children, from, to) };
    journal.mapSet(pendingChildren, hotkey, moved);
  }
  const own = pendingChildren.get(from);
  if (own === undefined) return;
  journal.mapDelete(pendingChildren, from);
  journal.mapSet(pendingChildren, to, own);
}

/** Everything that links `from` now links `to`. */
export function relink(chain: Chain, subnet: Subnet, from: AccountId, to: AccountId): void {
  relinkSide(chain, subnet.children, subnet.parents, from, to);
  relinkSide(chain, subnet.parents, subnet.children, from, to);
  relinkPending(chain, subnet, from, to);
}
