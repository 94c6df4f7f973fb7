import type { DrawingContext } from "./chart.ts";
import { LABEL_SIZE, LEADER_LENGTH } from "./label-placement.ts";

/** The channels of a chart of lines that its labels share with it. */
interface Channels<X, Y, Color> {
  /** Encoding of time, with its field. */
  readonly x: X & { readonly field: string };
  /** Encoding of values, without a field. */
  readonly y: Y;
  readonly color: Color;
}

/**
 * Labels at the ends of lines, each with a short leader from the `value` where its line ends to the `place` where there is room
 * for the text: two layers over the data set `labels`, whose rows hold `value`, `place` and `label`.
 */
export function endLabels<X, Y, Color>(
  { data, theme }: DrawingContext,
  { x, y, color }: Channels<X, Y, Color>,
) {
  return [
    {
      data: data("labels"),
      mark: {
        type: "rule" as const,
        strokeWidth: 1.5,
        xOffset: 2,
        x2Offset: LEADER_LENGTH - 3,
        clip: false,
        tooltip: null,
      },
      encoding: { x, x2: { field: x.field }, y: { ...y, field: "value" }, y2: { field: "place" }, color },
    },
    {
      data: data("labels"),
      mark: {
        type: "text" as const,
        align: "left" as const,
        baseline: "middle" as const,
        dx: LEADER_LENGTH,
        fontSize: LABEL_SIZE,
        color: theme.foreground,
        tooltip: null,
      },
      encoding: { x, y: { ...y, field: "place" }, text: { field: "label", type: "nominal" as const } },
    },
  ];
}
