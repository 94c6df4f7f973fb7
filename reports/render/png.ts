import { InputError } from "../../sim/errors.ts";
import { fontFiles } from "../text/font.ts";
import { EXPORT_FONT } from "../charts/theme.ts";

/** Pixels per pixel of the SVG: sharp on dense screens and in print. */
const SCALE = 2;

/**
 * An SVG as PNG, with the bundled font only: the same bytes on every machine.
 *
 * @throws InputError when the optional package that draws it is not installed.
 */
export async function renderPng(svg: string): Promise<Uint8Array> {
  const { Resvg } = await import("@resvg/resvg-js").catch((cause: unknown) => {
    throw new InputError(
      "PNG needs the optional package @resvg/resvg-js, which is not installed here; install it, or ask for svg",
      { cause },
    );
  });
  const { regular, bold } = fontFiles();
  const drawing = new Resvg(svg, {
    fitTo: { mode: "zoom", value: SCALE },
    font: {
      loadSystemFonts: false,
      fontFiles: [regular, bold],
      defaultFontFamily: EXPORT_FONT,
      sansSerifFamily: EXPORT_FONT,
    },
  });
  return drawing.render().asPng();
}
