/**
 * The chain's error names (spec/calls.md 21). A name without prefix belongs to the main pallet; the same name can
 * exist in two pallets, so the prefix is part of the name.
 *
 * A function that can fail returns the name of the error instead of its result: what is a string is an error.
 */

/** Errors of the main pallet. */
export const SUBTENSOR_ERRORS = [
  "AccountRejectsLockedAlpha",
  "ActiveLockExists",
  "ActivityCutoffFactorMilliOutOfBounds",
  "ActivityCutoffTooLow",
  "AdminActionProhibitedDuringWeightsWindow",
  "AlphaHighTooLow",
  "AlphaLowOutOfRange",
  "AmountTooLow",
  "AnnouncedColdkeyHashDoesNotMatch",
  "AutoEpochAlreadyImminent",
  "BeneficiaryDoesNotOwnHotkey",
  "CannotAffordLockCost",
  "CannotBurnOrRecycleOnRootSubnet",
  "CanNotSetRootNetworkWeights",
  "CannotUseSystemAccount",
  "ChildParentInconsistency",
  "ColdKeyAlreadyAssociated",
  "ColdkeySwapAlreadyDisputed",
  "ColdkeySwapAnnounced",
  "ColdkeySwapAnnouncementNotFound",
  "ColdkeySwapClearTooEarly",
  "ColdkeySwapDisputed",
  "ColdkeySwapReannouncedTooEarly",
  "ColdkeySwapTooEarly",
  "CommitRevealDisabled",
  "CommitRevealEnabled",
  "CommittingWeightsTooFast",
  "DelegateTakeTooHigh",
  "DelegateTakeTooLow",
  "DelegateTxRateLimitExceeded",
  "Deprecated",
  "DuplicateChild",
  "DuplicateUids",
  "DynamicTempoBlockedByCommitReveal",
  "EpochTriggerAlreadyPending",
  "ExpectedBeneficiaryOrigin",
  "ExpiredWeightCommit",
  "FirstEmissionBlockNumberAlreadySet",
  "HotKeyAccountNotExists",
  "HotKeyAlreadyRegisteredInSubNet",
  "HotKeyNotRegisteredInSubNet",
  "HotKeySetTxRateLimitExceeded",
  "HotKeySwapOnSubnetIntervalNotPassed",
  "IncorrectCommitRevealVersion",
  "IncorrectWeightVersionKey",
  "InputLengthsUnequal",
  "InsufficientBalance",
  "InsufficientLiquidity",
  "InsufficientStakeForLock",
  "InvalidChild",
  "InvalidChildkeyTake",
  "InvalidIdentity",
  "InvalidLeaseBeneficiary",
  "InvalidNumRootClaim",
  "InvalidRevealCommitHashNotMatch",
  "InvalidRevealRound",
  "InvalidRootClaimThreshold",
  "InvalidSubnetNumber",
  "InvalidValue",
  "InvalidVotingPowerEmaAlpha",
  "LeaseCannotEndInThePast",
  "LeaseDoesNotExist",
  "LeaseHasNoEndBlock",
  "LeaseHasNotEnded",
  "LeaseNetuidNotFound",
  "LiquidAlphaDisabled",
  "LockHotkeyMismatch",
  "MechanismDoesNotExist",
  "NeedWaitingMoreBlocksToStarCall",
  "NetworkTxRateLimitExceeded",
  "NeuronNoValidatorPermit",
  "NewColdKeyIsHotkey",
  "NewHotKeyIsSameWithOld",
  "NewHotKeyNotCleanForRootSwap",
  "NoExistingLock",
  "NoNeuronIdAvailable",
  "NonAssociatedColdKey",
  "NotEnoughBalanceToPaySwapColdKey",
  "NotEnoughBalanceToPaySwapHotKey",
  "NotEnoughBalanceToStake",
  "NotEnoughStakeToSetChildkeys",
  "NotEnoughStakeToSetWeights",
  "NotEnoughStakeToWithdraw",
  "NoWeightsCommitFound",
  "Overflow",
  "ProportionOverflow",
  "RegistrationNotPermittedOnRootSubnet",
  "RegistrationPriceLimitExceeded",
  "RevealPeriodTooLarge",
  "RevealPeriodTooSmall",
  "RevealTooEarly",
  "RootNetworkDoesNotExist",
  "SameAutoStakeHotkeyAlreadySet",
  "SameNetuid",
  "SettingWeightsTooFast",
  "SlippageTooHigh",
  "StakeTooLowForRoot",
  "StakeUnavailable",
  "SubnetLimitReached",
  "SubnetNotExists",
  "SubNetRegistrationDisabled",
  "SubtokenDisabled",
  "SymbolAlreadyInUse",
  "SymbolDoesNotExist",
  "TempoOutOfBounds",
  "TooManyChildren",
  "TooManyRegistrationsThisBlock",
  "TooManyRegistrationsThisInterval",
  "TooManyUIDsPerMechanism",
  "TooManyUnrevealedCommits",
  "TransferDisallowed",
  "TrimmingWouldExceedMaxImmunePercentage",
  "TxChildkeyTakeRateLimitExceeded",
  "TxRateLimitExceeded",
  "UidsLengthExceedUidsInSubNet",
  "UidVecContainInvalidOne",
  "VotingPowerTrackingNotEnabled",
  "WeightVecLengthIsLow",
  "WeightVecNotEqualSize",
] as const;
export type SubtensorError = (typeof SUBTENSOR_ERRORS)[number];

/** Errors of the pool pallet. */
export const SWAP_ERRORS = [
  "Swap.Deprecated",
  "Swap.FeeRateTooHigh",
  "Swap.InsufficientLiquidity",
  "Swap.MechanismDoesNotExist",
  "Swap.PriceLimitExceeded",
  "Swap.ReservesOutOfBalance",
  "Swap.ReservesTooLow",
  "Swap.SwapInputTooLarge",
] as const;
export type SwapError = (typeof SWAP_ERRORS)[number];

/** Errors of the pallet of hyperparameter calls. */
export const ADMIN_ERRORS = [
  "Admin.BondsMovingAverageMaxReached",
  "Admin.Deprecated",
  "Admin.InvalidValue",
  "Admin.MaxAllowedUidsGreaterThanDefaultMaxAllowedUids",
  "Admin.MaxAllowedUIdsLessThanCurrentUIds",
  "Admin.MaxAllowedUidsLessThanMinAllowedUids",
  "Admin.MaxValidatorsLargerThanMaxUIds",
  "Admin.MinAllowedUidsGreaterThanCurrentUids",
  "Admin.MinAllowedUidsGreaterThanMaxAllowedUids",
  "Admin.NegativeSigmoidSteepness",
  "Admin.NotPermittedOnRootSubnet",
  "Admin.POWRegistrationDisabled",
  "Admin.SubnetDoesNotExist",
  "Admin.ValueNotInBounds",
] as const;
export type AdminError = (typeof ADMIN_ERRORS)[number];

/** Errors of the crowdloan pallet. */
export const CROWDLOAN_ERRORS = [
  "Crowdloan.AlreadyFinalized",
  "Crowdloan.BlockDurationTooLong",
  "Crowdloan.BlockDurationTooShort",
  "Crowdloan.CallUnavailable",
  "Crowdloan.CannotEndInPast",
  "Crowdloan.CapNotRaised",
  "Crowdloan.CapRaised",
  "Crowdloan.CapTooLow",
  "Crowdloan.ContributionPeriodEnded",
  "Crowdloan.ContributionTooLow",
  "Crowdloan.DepositCannotBeWithdrawn",
  "Crowdloan.DepositTooLow",
  "Crowdloan.InsufficientBalance",
  "Crowdloan.InvalidCrowdloanId",
  "Crowdloan.InvalidFinalizationConfig",
  "Crowdloan.InvalidOrigin",
  "Crowdloan.MaxContributionReached",
  "Crowdloan.MaxContributorsReached",
  "Crowdloan.MaximumContributionTooLow",
  "Crowdloan.MinimumContributionTooHigh",
  "Crowdloan.MinimumContributionTooLow",
  "Crowdloan.NoContribution",
  "Crowdloan.NotReadyToDissolve",
  "Crowdloan.Overflow",
] as const;
export type CrowdloanError = (typeof CROWDLOAN_ERRORS)[number];

/** Errors of the limit-order pallet. */
export const ORDER_ERRORS = [
  "Orders.ArithmeticOverflow",
  "Orders.ChainIdMismatch",
  "Orders.DuplicateOrderInBatch",
  "Orders.IncorrectPartialFillAmount",
  "Orders.InvalidSignature",
  "Orders.LimitOrdersDisabled",
  "Orders.OrderAlreadyProcessed",
  "Orders.OrderCancelled",
  "Orders.OrderExpired",
  "Orders.OrderNetUidMismatch",
  "Orders.PalletHotkeyNotRegistered",
  "Orders.PartialFillsNotEnabled",
  "Orders.PriceConditionNotMet",
  "Orders.RelayerMissMatch",
  "Orders.RelayerRequiredForPartialFill",
  "Orders.RootNetUidNotAllowed",
  "Orders.SwapReturnedZero",
  "Orders.Unauthorized",
  "Orders.ZeroShareInBatch",
] as const;
export type OrderError = (typeof ORDER_ERRORS)[number];

/** Errors of the framework's pallets. */
export const FRAMEWORK_ERRORS = [
  "BadOrigin",
  "CallFiltered",
  "Proxy.NotProxy",
  "Token.BelowMinimum",
  "Token.FundsUnavailable",
  "Token.NotExpendable",
] as const;
export type FrameworkError = (typeof FRAMEWORK_ERRORS)[number];

export type ChainError =
  SubtensorError | SwapError | AdminError | CrowdloanError | OrderError | FrameworkError;

/** Every error's name. */
export const CHAIN_ERRORS: readonly ChainError[] = [
  ...SUBTENSOR_ERRORS,
  ...SWAP_ERRORS,
  ...ADMIN_ERRORS,
  ...CROWDLOAN_ERRORS,
  ...ORDER_ERRORS,
  ...FRAMEWORK_ERRORS,
];

/** Whether a result is an error's name; results themselves are never strings. */
export const isError = (result: unknown): result is ChainError => typeof result === "string";

/** The name without its pallet, as the vectors spell it. */
export const bareName = (error: ChainError): string => error.slice(error.indexOf(".") + 1);
