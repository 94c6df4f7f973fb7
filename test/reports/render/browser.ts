import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";

const PATHS = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** The browser of this machine; null where there is none. */
export const BROWSER_PATH =
  [process.env["CHROMIUM"] ?? "", ...PATHS].find((path) => path !== "" && existsSync(path)) ?? null;

/** Why the tests that need a browser are skipped. */
export const NO_BROWSER = "no Chromium on this machine (apt-get install chromium, or CHROMIUM=path)";

/** A page in a browser that cannot reach any network, with everything that it complained about. */
export interface OpenPage {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Starts the browser. */
export async function launchBrowser(): Promise<Browser> {
  return await chromium.launch({ executablePath: BROWSER_PATH ?? "", args: ["--no-sandbox"] });
}

/** Opens a file and waits until its charts are drawn. */
export async function openReport(
  browser: Browser,
  file: string,
  { width, theme, scripts = true }: { width: number; theme: "light" | "dark"; scripts?: boolean },
): Promise<OpenPage> {
  const context = await browser.newContext({
    viewport: { width, height: 900 },
    colorScheme: theme,
    offline: true,
    javaScriptEnabled: scripts,
    acceptDownloads: true,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(file|blob|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(pathToFileURL(file).href);
  if (scripts) await page.waitForFunction("document.documentElement.dataset.drawn !== undefined");
  return { page, complaints };
}
