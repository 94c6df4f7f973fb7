/**
 * Expressions in scenario files. mathjs reads them; what may stand in one is a short list, and the value is computed here, so
 * that nothing else of mathjs can be called and every function gives the same bits on every machine.
 */
import { createRequire } from "node:module";
import { stableCos, stableExp, stableLog, stablePow, stableSin } from "../../../kernels/stable-math.ts";
import { didYouMean } from "../../nearest.ts";
import { Unfit, quoted } from "../units.ts";

export type Value = number | string | boolean;

/** Names that an expression may use. */
export interface Scope {
  readonly variables: Readonly<Record<string, Value>>;
  /** Functions beside the mathematical ones; they get checked values. */
  readonly functions: Readonly<Record<string, (...args: readonly Value[]) => number>>;
}

/** The names alone: what can be checked before anything has a value. */
export interface Names {
  readonly variables: readonly string[];
  readonly functions: readonly string[];
  /** Words that stand in quotes, as arguments of functions. */
  readonly texts?: readonly string[];
}

/** An expression that has been checked; plain data. */
export type Expression =
  | { readonly kind: "value"; readonly value: Value }
  | { readonly kind: "variable"; readonly name: string }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: "condition";
      readonly test: Expression;
      readonly yes: Expression;
      readonly no: Expression;
    };

const LONGEST = 1_000;
const MOST_ARGUMENTS = 20;

let parser: ((text: string) => unknown) | undefined;

/** mathjs is loaded for the first expression only, and as the one file that it comes in: it takes longer than most runs of `validate`. */
function parse(text: string): Node {
  parser ??= (
    createRequire(import.meta.url)("mathjs/lib/browser/math.js") as { parse: (text: string) => unknown }
  ).parse;
  return parser(text) as Node;
}

function numbers(name: string, args: readonly Value[]): number[] {
  return args.map((arg) => {
    if (typeof arg === "boolean") return Number(arg);
    if (typeof arg === "string")
      throw new Unfit(`${name} is given the text ${quoted(arg)}; it takes numbers`);
    return arg;
  });
}

/** A function of numbers with a fixed or least number of arguments. */
interface Function {
  readonly least: number;
  readonly most: number;
  readonly compute: (...args: number[]) => number | boolean;
}

const fixed = (count: number, compute: (...args: number[]) => number | boolean): Function => ({
  least: count,
  most: count,
  compute,
});

const OPERATORS: Readonly<Record<string, Function>> = {
  add: fixed(2, (a, b) => a + b),
  subtract: fixed(2, (a, b) => a - b),
  multiply: fixed(2, (a, b) => a * b),
  divide: fixed(2, (a, b) => a / b),
  pow: fixed(2, (a, b) => stablePow(a, b)),
  mod: fixed(2, (a, b) => a - b * Math.floor(a / b)),
  unaryMinus: fixed(1, (a) => -a),
  unaryPlus: fixed(1, (a) => a),
  smaller: fixed(2, (a, b) => a < b),
  larger: fixed(2, (a, b) => a > b),
  smallerEq: fixed(2, (a, b) => a <= b),
  largerEq: fixed(2, (a, b) => a >= b),
  equal: fixed(2, (a, b) => a === b),
  unequal: fixed(2, (a, b) => a !== b),
  and: fixed(2, (a, b) => a !== 0 && b !== 0),
  or: fixed(2, (a, b) => a !== 0 || b !== 0),
  not: fixed(1, (a) => a === 0),
};

const FUNCTIONS: Readonly<Record<string, Function>> = {
  abs: fixed(1, (a) => Math.abs(a)),
  ceil: fixed(1, (a) => Math.ceil(a)),
  cos: fixed(1, (a) => stableCos(a)),
  exp: fixed(1, (a) => stableExp(a)),
  floor: fixed(1, (a) => Math.floor(a)),
  log: fixed(1, (a) => stableLog(a)),
  max: { least: 1, most: MOST_ARGUMENTS, compute: (...args) => args.reduce((a, b) => (b > a ? b : a)) },
  min: { least: 1, most: MOST_ARGUMENTS, compute: (...args) => args.reduce((a, b) => (b < a ? b : a)) },
  pow: fixed(2, (a, b) => stablePow(a, b)),
  round: fixed(1, (a) => Math.floor(a + 0.5)),
  sign: fixed(1, (a) => Math.sign(a)),
  sin: fixed(1, (a) => stableSin(a)),
  sqrt: fixed(1, (a) => Math.sqrt(a)),
};

/** What mathjs calls parts that are not allowed, and what to do. */
const REFUSED: Readonly<Record<string, string>> = {
  AccessorNode: "access to a part of a value",
  ArrayNode: "a list",
  AssignmentNode: "an assignment",
  BlockNode: "several expressions",
  FunctionAssignmentNode: "a function definition",
  IndexNode: "access to a part of a value",
  ObjectNode: "an object",
  RangeNode: "a range",
};

/** Reads an expression and checks that it uses nothing but numbers, operators and the given names. */
export function parseExpression(text: string, names: Names): Expression {
  if (text.length > LONGEST)
    throw new Unfit(`an expression of ${text.length} characters; at most ${LONGEST} are read`);
  let root: Node;
  try {
    root = parse(text);
  } catch (error) {
    if (error instanceof RangeError) throw new Unfit("an expression nested too deeply to be read");
    throw new Unfit(
      `found ${quoted(text)}, which is no expression: ${error instanceof Error ? error.message : "unreadable"}`,
    );
  }
  return check(root, names);
}

/** What is used of mathjs' nodes. */
interface Node {
  readonly type: string;
  readonly value?: unknown;
  readonly name?: string;
  readonly fn?: unknown;
  readonly op?: string;
  readonly args?: readonly Node[];
  readonly content?: Node;
  readonly condition?: Node;
  readonly trueExpr?: Node;
  readonly falseExpr?: Node;
  readonly conditionals?: readonly string[];
  readonly params?: readonly Node[];
}

function check(root: Node, names: Names): Expression {
  const functions = [...Object.keys(FUNCTIONS), ...names.functions];
  const visit = (node: Node): Expression => {
    switch (node.type) {
      case "ConstantNode":
        return constant(node.value);
      case "ParenthesisNode":
        return visit(node.content!);
      case "SymbolNode":
        if (names.variables.includes(node.name!)) return { kind: "variable", name: node.name! };
        if (names.texts?.includes(node.name!) === true)
          throw new Unfit(`${node.name} is a name that stands in quotes here: "${node.name}"`);
        throw new Unfit(
          `unknown name ${quoted(node.name!)}; allowed here: ${names.variables.join(", ") || "none"}${didYouMean(node.name!, names.variables)}`,
        );
      case "OperatorNode": {
        const name = String(node.fn);
        if (!Object.hasOwn(OPERATORS, name)) throw new Unfit(`operator ${node.op} is not allowed`);
        return { kind: "call", name: `operator ${name}`, args: node.args!.map(visit) };
      }
      case "RelationalNode":
        return relational(node, visit);
      case "ConditionalNode":
        return {
          kind: "condition",
          test: visit(node.condition!),
          yes: visit(node.trueExpr!),
          no: visit(node.falseExpr!),
        };
      case "FunctionNode": {
        const { name } = node.fn as { readonly name?: string };
        if (name === undefined || !functions.includes(name))
          throw new Unfit(
            `function ${quoted(name ?? "")} is not allowed; allowed: ${functions.join(", ")}${didYouMean(name ?? "", functions)}`,
          );
        const count = node.args!.length;
        const known = FUNCTIONS[name];
        if (
          known !== undefined &&
          !names.functions.includes(name) &&
          (count < known.least || count > known.most)
        )
          throw new Unfit(`${name} is given ${count} values; it takes ${known.least}`);
        if (count > MOST_ARGUMENTS)
          throw new Unfit(`${name} is given ${count} values; at most ${MOST_ARGUMENTS}`);
        return { kind: "call", name, args: node.args!.map(visit) };
      }
      default:
        throw new Unfit(
          `${REFUSED[node.type] ?? node.type} is not allowed in an expression; write numbers, names, + - * / ^, comparisons, a ? b : c and ${functions.join(", ")}`,
        );
    }
  };
  try {
    return visit(root);
  } catch (error) {
    if (error instanceof RangeError) throw new Unfit("an expression nested too deeply to be read");
    throw error;
  }
}

function constant(value: unknown): Expression {
  if (typeof value === "number" || typeof value === "string" || typeof value === "boolean")
    return { kind: "value", value };
  throw new Unfit(`${String(value)} is not allowed in an expression`);
}

/** `a < b < c` means a < b and b < c. */
function relational({ conditionals, params }: Node, visit: (node: Node) => Expression): Expression {
  const values = params!.map(visit);
  return conditionals!
    .map((name, at): Expression => {
      if (!Object.hasOwn(OPERATORS, name)) throw new Unfit(`comparison ${name} is not allowed`);
      return { kind: "call", name: `operator ${name}`, args: [values[at]!, values[at + 1]!] };
    })
    .reduce((all, next) => ({ kind: "call", name: "operator and", args: [all, next] }));
}

/** The value of an expression. @throws Unfit when a function refuses its arguments */
export function evaluate(expression: Expression, scope: Scope): Value {
  switch (expression.kind) {
    case "value":
      return expression.value;
    case "variable":
      return scope.variables[expression.name] ?? Number.NaN;
    case "condition":
      return evaluate(truthy(evaluate(expression.test, scope)) ? expression.yes : expression.no, scope);
    case "call":
      return evaluateCall(expression.name, expression.args, scope);
    default:
      return expression satisfies never;
  }
}

function evaluateCall(name: string, written: readonly Expression[], scope: Scope): Value {
  const args = written.map((arg) => evaluate(arg, scope));
  if (name.startsWith("operator ")) {
    const operator = name.slice("operator ".length);
    return OPERATORS[operator]!.compute(...numbers(operator, args));
  }
  const own = scope.functions[name];
  return own === undefined ? FUNCTIONS[name]!.compute(...numbers(name, args)) : own(...args);
}

/** Every call in an expression. */
export function callsIn(expression: Expression): Extract<Expression, { kind: "call" }>[] {
  if (expression.kind === "call") return [expression, ...expression.args.flatMap(callsIn)];
  if (expression.kind === "condition")
    return [expression.test, expression.yes, expression.no].flatMap(callsIn);
  return [];
}

/** The expression with other ones in the place of some of its variables. */
export function substituted(expression: Expression, parts: ReadonlyMap<string, Expression>): Expression {
  switch (expression.kind) {
    case "value":
      return expression;
    case "variable":
      return parts.get(expression.name) ?? expression;
    case "call":
      return { ...expression, args: expression.args.map((arg) => substituted(arg, parts)) };
    case "condition":
      return {
        kind: "condition",
        test: substituted(expression.test, parts),
        yes: substituted(expression.yes, parts),
        no: substituted(expression.no, parts),
      };
    default:
      return expression satisfies never;
  }
}

const truthy = (value: Value): boolean => value !== 0 && value !== false && value !== "";

/** The value as a number. @throws Unfit when it is none that is finite */
export function evaluateNumber(expression: Expression, scope: Scope): number {
  const value = evaluate(expression, scope);
  const number = typeof value === "boolean" ? Number(value) : value;
  if (typeof number !== "number" || !Number.isFinite(number))
    throw new Unfit(`the expression gives ${String(value)}; a finite number is needed`);
  return number;
}
