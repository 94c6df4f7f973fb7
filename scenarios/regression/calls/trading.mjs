/** Who sends the calls of trading.yaml. */
import { scripted, TAO } from "./scripted.mjs";

const BILLION = 1_000_000_000n;
const U64_MAX = 18_446_744_073_709_551_615n;

/** TAO per alpha times 10^9, a part of the present price. */
const priced = (view, netuid, part) => BigInt(Math.round(view.price(netuid) * part * 1e9));

/** An order of `client`, signed by it. Times are blocks times 12,000. */
const order = (client, orderType, amount, limitPrice, changes = {}) => ({
  order: {
    signer: client.coldkey,
    hotkey: client.hotkeys[0],
    netuid: 1,
    orderType,
    amount,
    limitPrice,
    expiry: 2_000_000 * 12_000,
    feeRate: 1_000_003n,
    feeRecipient: client.coldkey,
    relayers: null,
    maxSlippage: null,
    partialFillsEnabled: false,
    chainId: 964,
    ...changes,
  },
  signedBy: client.coldkey,
  partialFill: null,
});

const single = (relayer, orders, shouldFail = true) => [
  relayer,
  "LimitOrders.executeOrders",
  { orders, shouldFail },
];
const batched = (relayer, orders) => [relayer, "LimitOrders.executeBatchedOrders", { netuid: 1, orders }];

/** An order that its signer cancels before the relayer comes. */
const regretted = (client) => order(client, "TakeProfit", 11n * TAO, 1n);
const partial = (client, relayer) =>
  order(client, "LimitBuy", 10n * TAO, 100n * BILLION, {
    relayers: [relayer],
    partialFillsEnabled: true,
  });

/** Executes the orders of its clients, for a fee to itself. */
export const relaying = scripted("relaying", "trader", "executes limit orders", [
  [
    5,
    (view, { coldkey, others: [a] }) => [
      single(coldkey, [
        order(a, "LimitBuy", 10n * TAO, priced(view, 1, 1.001), {
          feeRecipient: coldkey,
          maxSlippage: 50_000_000n,
        }),
      ]),
      // Pays up to a thousandth more than the limit, which is not enough for so much.
      single(coldkey, [order(a, "LimitBuy", 41n * TAO, priced(view, 1, 1.03), { maxSlippage: 1_000_000n })]),
    ],
  ],
  [
    8,
    (view, { coldkey, others: [a, b, c] }) => [
      // The second one waits for another price, and is skipped.
      single(
        coldkey,
        [
          order(b, "TakeProfit", 50n * TAO, priced(view, 1, 0.9), { feeRecipient: coldkey }),
          order(b, "TakeProfit", 51n * TAO, priced(view, 1, 1.2)),
          order(c, "StopLoss", 52n * TAO, priced(view, 1, 1.1), {
            feeRecipient: coldkey,
            maxSlippage: 250_000_000n,
          }),
        ],
        false,
      ),
      single(coldkey, [order(c, "StopLoss", 12n * TAO, priced(view, 1, 0.5))]),
      single(coldkey, [order(c, "LimitBuy", 12n * TAO, priced(view, 1, 0.5))]),
      single(coldkey, [regretted(a)]),
      single(coldkey, [order(a, "LimitBuy", TAO, 100n * BILLION, { expiry: (view.block - 1) * 12_000 })]),
      single(coldkey, [order(a, "LimitBuy", TAO, 100n * BILLION, { relayers: [a.coldkey] })]),
      single(coldkey, [{ ...order(a, "LimitBuy", TAO, 100n * BILLION), partialFill: TAO / 2n }]),
    ],
  ],
  ...[4n, 7n, 6n, 1n].map((part, k) => [
    10 + k,
    (_, { coldkey, others: [a] }) => [
      single(coldkey, [{ ...partial(a, coldkey), partialFill: part * TAO }]),
      ...(k === 1 ? [single(coldkey, [partial(a, coldkey)])] : []),
    ],
  ]),
  [
    // More is bought than sold: the rest comes from the pool.
    16,
    (view, { coldkey, others: [a, b, c] }) => [
      batched(coldkey, [
        order(a, "LimitBuy", 30n * TAO, priced(view, 1, 1.4), { feeRecipient: coldkey }),
        order(c, "LimitBuy", 7n * TAO, priced(view, 1, 1.3), {
          feeRecipient: coldkey,
          maxSlippage: 10_000_000n,
        }),
        order(b, "TakeProfit", 10n * TAO, 1n, { feeRecipient: coldkey }),
      ]),
      batched(coldkey, [order(a, "LimitBuy", TAO, 3n), order(a, "LimitBuy", TAO, 3n)]),
    ],
  ],
  [
    // More is sold than bought: the rest goes to the pool.
    18,
    (view, { coldkey, others: [a, b, c] }) => [
      batched(coldkey, [
        order(b, "TakeProfit", 40n * TAO, priced(view, 1, 0.7), {
          feeRecipient: coldkey,
          maxSlippage: 100_000_000n,
        }),
        order(a, "LimitBuy", 5n * TAO, 100n * BILLION, { feeRecipient: coldkey }),
        order(c, "StopLoss", 41n * TAO, 100n * BILLION, { feeRecipient: c.coldkey }),
      ]),
    ],
  ],
  // Orders are switched off by now.
  [60, (_, { coldkey, others: [a] }) => [single(coldkey, [order(a, "LimitBuy", 2n * TAO, 100n * BILLION)])]],
]);

/** Has orders executed; one of them it takes back. */
export const client = scripted("client", "delegator", "signs orders and cancels one", [
  [
    3,
    (view, { coldkey, own }) =>
      view.agent.index === 0
        ? [[coldkey, "LimitOrders.cancelOrder", { order: regretted({ coldkey, hotkeys: [own] }).order }]]
        : [],
  ],
]);

/** Trades with limits, on both sides and across subnets. */
export const limited = scripted("limited", "trader", "trades with limits", [
  [
    4,
    (view, { coldkey, other }) => {
      const buy = (amountStaked, part, allowPartial) => [
        coldkey,
        "addStakeLimit",
        { hotkey: other, netuid: 1, amountStaked, limitPrice: priced(view, 1, part), allowPartial },
      ];
      return [
        buy(60n * TAO, 1.01, true),
        buy(61n * TAO, 1.01, false),
        buy(5n * TAO, 1.5, false),
        buy(TAO, 0.5, true),
      ];
    },
  ],
  [
    20,
    (view, { coldkey, other }) => {
      const sell = (amountUnstaked, part, allowPartial) => [
        coldkey,
        "removeStakeLimit",
        { hotkey: other, netuid: 1, amountUnstaked, limitPrice: priced(view, 1, part), allowPartial },
      ];
      return [sell(30n * TAO, 0.995, true), sell(29n * TAO, 0.995, false), sell(2n * TAO, 0.7, false)];
    },
  ],
  [
    30,
    (view, { coldkey, other }) => {
      const swap = (alphaAmount, part, allowPartial) => [
        coldkey,
        "swapStakeLimit",
        {
          hotkey: other,
          originNetuid: 1,
          destinationNetuid: 2,
          alphaAmount,
          limitPrice: BigInt(Math.round((view.price(1) / view.price(2)) * part * 1e9)),
          allowPartial,
        },
      ];
      return [swap(20n * TAO, 0.997, true), swap(21n * TAO, 0.997, false), swap(3n * TAO, 0.5, false)];
    },
  ],
  [
    40,
    (view, { coldkey, other }) => {
      const part = view.stakeOf(other, 2) / 5n;
      return [
        [coldkey, "swapStake", { hotkey: other, originNetuid: 2, destinationNetuid: 1, alphaAmount: part }],
        [coldkey, "swapStake", { hotkey: other, originNetuid: 2, destinationNetuid: 0, alphaAmount: part }],
        [
          coldkey,
          "swapStakeLimit",
          {
            hotkey: other,
            originNetuid: 0,
            destinationNetuid: 2,
            alphaAmount: TAO,
            limitPrice: 1n,
            allowPartial: true,
          },
        ],
      ];
    },
  ],
  [
    50,
    (_, { coldkey, other }) => [
      [coldkey, "removeStakeFullLimit", { hotkey: other, netuid: 2, limitPrice: 1n }],
    ],
  ],
  [
    55,
    (_, { coldkey, other }) => [
      [coldkey, "removeStakeFullLimit", { hotkey: other, netuid: 1, limitPrice: null }],
    ],
  ],
]);

/** Moves its stake from hotkey to hotkey, and to somebody else, locked or not. */
export const moving = scripted("moving", "delegator", "moves and gives away stake", [
  [
    4,
    (_, { coldkey, own, other, partners: [heir] }) => {
      const move = (originNetuid, destinationNetuid, alphaAmount) => [
        coldkey,
        "moveStake",
        { originHotkey: own, destinationHotkey: other, originNetuid, destinationNetuid, alphaAmount },
      ];
      const give = (originNetuid, destinationNetuid, alphaAmount) => [
        coldkey,
        "transferStake",
        { destinationColdkey: heir.coldkey, hotkey: own, originNetuid, destinationNetuid, alphaAmount },
      ];
      return [
        move(1, 1, 10n * TAO),
        move(1, 2, 10n * TAO),
        move(0, 0, 3n * TAO),
        give(1, 1, 20n * TAO),
        give(1, 2, 20n * TAO),
        give(0, 0, 2n * TAO),
      ];
    },
  ],
  [
    10,
    (view, { coldkey, own, other }) => [
      [coldkey, "lockStake", { hotkey: other, netuid: 1, amount: view.stakeOf(own, 1) - 5n * TAO }],
    ],
  ],
  ...[12, 16].map((block) => [
    block,
    // More than is free: a part of the lock goes along, if the heir takes it.
    (view, { coldkey, own, partners: [heir] }) => [
      [
        coldkey,
        "transferStake",
        {
          destinationColdkey: heir.coldkey,
          hotkey: own,
          originNetuid: 1,
          destinationNetuid: 1,
          alphaAmount: (view.stakeOf(own, 1) * 3n) / 4n,
        },
      ],
    ],
  ]),
  [
    20,
    (view, { coldkey, partners: [heir] }) => [
      [coldkey, "moveLock", { destinationHotkey: heir.hotkeys[0], netuid: 1 }],
    ],
  ],
  [21, (_, { coldkey }) => [[coldkey, "setPerpetualLock", { netuid: 1, enabled: true }]]],
  [30, (_, { coldkey }) => [[coldkey, "setPerpetualLock", { netuid: 1, enabled: false }]]],
]);

/** Gets stake, locked or not, TAO, and gives it all away. */
export const heir = scripted("heir", "delegator", "takes locked stake and gives all away", [
  [14, (_, { coldkey }) => [[coldkey, "setRejectLockedAlpha", { enabled: false }]]],
  [25, (_, { coldkey }) => [[coldkey, "setRejectLockedAlpha", { enabled: true }]]],
  [70, (_, { coldkey, other }) => [[coldkey, "unstakeAllAlpha", { hotkey: other }]]],
  [90, (_, { coldkey, other }) => [[coldkey, "unstakeAll", { hotkey: other }]]],
]);

/** Destroys alpha in every way. */
export const destroying = scripted("destroying", "delegator", "burns and recycles alpha", [
  [
    6,
    (_, { coldkey, own }) => [
      [coldkey, "burnAlpha", { hotkey: own, amount: 7n * TAO, netuid: 1 }],
      [coldkey, "recycleAlpha", { hotkey: own, amount: 9n * TAO, netuid: 1 }],
      [coldkey, "recycleAlpha", { hotkey: own, amount: TAO, netuid: 0 }],
      [coldkey, "addStakeBurn", { hotkey: own, netuid: 2, amount: 3n * TAO, limit: null }],
      [coldkey, "addStakeBurn", { hotkey: own, netuid: 2, amount: 4n * TAO, limit: U64_MAX }],
    ],
  ],
  [9, (_, { coldkey }) => [[coldkey, "setRootClaimType", { newRootClaimType: { kind: "Keep" } }]]],
  [
    110,
    (_, { coldkey }) => [
      [coldkey, "setRootClaimType", { newRootClaimType: { kind: "KeepSubnets", subnets: [2] } }],
      [coldkey, "claimRoot", { subnets: [1, 2] }],
    ],
  ],
]);

/** Sends TAO, alone and in batches, until nothing is left; then alpha pays the fees. */
export const spending = scripted("spending", "delegator", "sends TAO and batches", [
  [
    3,
    (view, { coldkey, own, other, partners: [heir] }) => {
      const send = (value) => ({ call: "Balances.transferKeepAlive", args: { dest: heir.coldkey, value } });
      const tooMuch = send(1_000_000n * TAO);
      const stake = { call: "addStake", args: { hotkey: other, netuid: 1, amountStaked: TAO } };
      return [
        [
          coldkey,
          "Utility.batch",
          { calls: [send(TAO), tooMuch, { ...stake, args: { ...stake.args, netuid: 2 } }] },
        ],
        [coldkey, "Utility.batchAll", { calls: [stake, tooMuch] }],
        [coldkey, "Utility.batchAll", { calls: [stake, send(3n * TAO)] }],
        [coldkey, "Utility.forceBatch", { calls: [tooMuch, send(4n * TAO)] }],
        [coldkey, "Utility.batch", { calls: [{ call: "Utility.batch", args: { calls: [stake] } }] }],
        [coldkey, "Balances.transferAllowDeath", { dest: own, value: 100n }],
        [coldkey, "Balances.transferKeepAlive", { dest: heir.coldkey, value: view.balance() - 100n }],
      ];
    },
  ],
  // Leaves less than the existential deposit, which is gone.
  [
    5,
    (view, { coldkey, partners: [heir] }) => [
      [coldkey, "Balances.transferAllowDeath", { dest: heir.coldkey, value: view.balance() - 200_000n }],
    ],
  ],
  [
    6,
    (_, { coldkey, partners: [heir] }) => [
      [coldkey, "Balances.transferAll", { dest: heir.coldkey, keepAlive: true }],
    ],
  ],
  [
    7,
    (_, { coldkey, partners: [heir] }) => [
      [coldkey, "Balances.transferAll", { dest: heir.coldkey, keepAlive: false }],
    ],
  ],
  [
    9,
    (view, { coldkey, own }) => [
      [
        coldkey,
        "removeStakeLimit",
        { hotkey: own, netuid: 1, amountUnstaked: view.stakeOf(own, 1), limitPrice: 1n, allowPartial: false },
      ],
    ],
  ],
  [
    10,
    (_, { coldkey, partners: [heir] }) => [
      [coldkey, "Balances.transferAll", { dest: heir.coldkey, keepAlive: false }],
    ],
  ],
  // All is sold but what lies on the first subnet in the end, which pays for its own sale.
  [
    11,
    (_, { coldkey, own }) => [
      [coldkey, "swapStake", { hotkey: own, originNetuid: 2, destinationNetuid: 1, alphaAmount: 3n * TAO }],
      [
        coldkey,
        "moveStake",
        {
          originHotkey: own,
          destinationHotkey: own,
          originNetuid: 2,
          destinationNetuid: 1,
          alphaAmount: 1_000n * TAO,
        },
      ],
    ],
  ],
  [20, (_, { coldkey, own }) => [[coldkey, "unstakeAll", { hotkey: own }]]],
]);
