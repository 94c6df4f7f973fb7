/** Symbols of subnets, for display only: the Greek, Hebrew, Arabic, Georgian, Armenian and runic letters in that order. */
import type { Chain } from "../chain.ts";
import type { Netuid } from "../state/network.ts";

/** First and last code point of each alphabet. */
const ALPHABETS: readonly (readonly [number, number])[] = [
  [0x03b1, 0x03c9],
  [0x05d0, 0x05ea],
  [0x0627, 0x064a],
  [0x10d0, 0x10f0],
  [0x0531, 0x0556],
  [0x16a0, 0x16ea],
];

export const SYMBOLS: readonly string[] = ALPHABETS.flatMap(([first, last]) =>
  Array.from({ length: last - first + 1 }, (_, i) => String.fromCodePoint(first + i)),
);

const isTaken = ({ state }: Chain, symbol: string): boolean => [...state.symbols.values()].includes(symbol);

/** Gives a new subnet the first free symbol. */
export function assignSymbol(chain: Chain, netuid: Netuid): void {
  const free = SYMBOLS.find((symbol) => !isTaken(chain, symbol));
  if (free !== undefined) chain.journal.mapSet(chain.state.symbols, netuid, free);
}

/** Changes the symbol of a subnet. Errors: SymbolDoesNotExist, SymbolAlreadyInUse. */
export function changeSymbol(
  chain: Chain,
  netuid: Netuid,
  symbol: string,
): "SymbolDoesNotExist" | "SymbolAlreadyInUse" | null {
  if (!SYMBOLS.includes(symbol)) return "SymbolDoesNotExist";
  if (isTaken(chain, symbol)) return "SymbolAlreadyInUse";
  chain.journal.mapSet(chain.state.symbols, netuid, symbol);
  return null;
}
