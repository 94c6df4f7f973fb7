// Runs in the report: draws the charts, follows the reader's theme and width, and gives the data away.
(() => {
  "use strict";

  const charts = JSON.parse(document.getElementById("charts").textContent);
  const darkQuery = window.matchMedia("(prefers-color-scheme: dark)");
  const root = document.documentElement;
  const views = [];

  /** Room for a chart on a page of A4 inside the margins, and between two panels, in pixels; see page.css. */
  const PAPER_WIDTH = 670;
  const PAPER_GAP = 16;

  /** Rows are stored column by column; Vega wants objects, and writes into them, so each view gets its own. */
  function rowsOf(columns) {
    const names = Object.keys(columns);
    const count = names.length === 0 ? 0 : columns[names[0]].length;
    return Array.from({ length: count }, (_, i) =>
      Object.fromEntries(names.map((name) => [name, columns[name][i]])),
    );
  }

  function withData(spec, datasets) {
    const data = spec.data.map((source) =>
      Object.hasOwn(datasets, source.name) ? { ...source, values: rowsOf(datasets[source.name]) } : source,
    );
    return { ...spec, data };
  }

  function newView(spec, datasets, options) {
    const runtime = vega.parse(withData(spec, datasets), null, { ast: true });
    return new vega.View(runtime, {
      expr: globalThis.vegaExpressionInterpreter,
      logLevel: vega.Warn,
      ...options,
    });
  }

  function themeNow() {
    return root.dataset.theme || (darkQuery.matches ? "dark" : "light");
  }

  // Tooltips: text only, lines as the data has them.
  const tip = document.getElementById("tooltip");
  function showTip(_handler, event, _item, value) {
    if (value === null || value === undefined || value === "") {
      tip.hidden = true;
      return;
    }
    tip.textContent = String(value);
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    const left = Math.min(event.clientX + 14, window.innerWidth - box.width - 8);
    const below = event.clientY + 16;
    const top = below + box.height > window.innerHeight ? event.clientY - box.height - 12 : below;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${Math.max(8, top)}px`;
  }

  function drawPanel(container, panel, theme, width) {
    container.replaceChildren();
    const view = newView(panel[theme], panel.data, {
      renderer: "svg",
      container,
      hover: true,
      tooltip: showTip,
    });
    view.width(width).run();
    // The page names the drawing as a whole and has its table; a thousand marks without names help nobody.
    container.querySelector("svg").setAttribute("aria-hidden", "true");
    return view;
  }

  /** Draws every chart as wide as its place on the screen, or as `widthOf` says. */
  function drawAll(theme, widthOf = (_chart, container) => container.clientWidth) {
    tip.hidden = true;
    for (const { view } of views.splice(0)) view.finalize();
    for (const chart of charts) {
      chart.panels.forEach((panel, i) => {
        const container = document.getElementById(`${chart.id}-panel-${i}`);
        const width = widthOf(chart, container);
        views.push({ container, view: drawPanel(container, panel, theme, width) });
      });
    }
    root.dataset.drawn = theme;
  }

  /**
   * Width of a panel on paper, in pixels: page.css puts up to two beside each other, up to three small ones, and two
   * charts that are not wide.
   */
  function widthOnPaper(chart, container) {
    const most = container.closest(".panels").classList.contains("small") ? 3 : 2;
    const isWide = container.closest(".chart").classList.contains("wide");
    const columns = isWide ? Math.min(most, chart.panels.length) : 2;
    return Math.floor((PAPER_WIDTH - PAPER_GAP * (columns - 1)) / columns);
  }

  const resized = new ResizeObserver((entries) => {
    for (const entry of entries) {
      const found = views.find(({ container }) => container === entry.target);
      const width = entry.target.clientWidth;
      if (found && width > 0 && found.view.width() !== width) found.view.width(width).run();
    }
  });

  function save(name, type, content) {
    const url = URL.createObjectURL(new Blob([content], { type }));
    follow(name, url);
    setTimeout(() => URL.revokeObjectURL(url), 10_000);
  }

  function follow(name, url) {
    const link = document.createElement("a");
    link.href = url;
    link.download = name;
    link.click();
  }

  /** All data sets of a chart under the names that its exported specification uses. */
  function exportData(chart) {
    return Object.fromEntries(
      chart.panels.flatMap((panel, i) =>
        Object.entries(panel.data).map(([name, columns]) => [`panel${i}_${name}`, columns]),
      ),
    );
  }

  function csvOf(id) {
    return JSON.parse(document.getElementById(`${id}-csv`).textContent);
  }

  async function download(chart, format) {
    const name = `${chart.id}.${format === "json" ? "vl.json" : format}`;
    const data = exportData(chart);
    if (format === "csv") save(name, "text/csv", csvOf(chart.id));
    else if (format === "json") {
      const datasets = Object.fromEntries(
        Object.entries(data).map(([key, columns]) => [key, rowsOf(columns)]),
      );
      save(name, "application/json", JSON.stringify({ ...chart.vegaLite, datasets }, null, 2));
    } else {
      const view = newView(chart.vega, data, { renderer: "none" });
      if (format === "svg") save(name, "image/svg+xml", await view.toSVG());
      else follow(name, await view.toImageURL("png", 2));
      view.finalize();
    }
  }

  /** A picture that is in the page already, with rules of its own. */
  function downloadPicture(id, format) {
    const drawn = document.querySelector(`#${CSS.escape(id)}-picture svg`);
    const picture = drawn.cloneNode(true);
    const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
    style.textContent = JSON.parse(document.getElementById("picture-rules").textContent);
    picture.prepend(style);
    const text = new XMLSerializer().serializeToString(picture);
    if (format === "svg") return save(`${id}.svg`, "image/svg+xml", text);
    const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
    const image = new Image();
    image.addEventListener("load", () => {
      const canvas = document.createElement("canvas");
      const size = drawn.viewBox.baseVal;
      [canvas.width, canvas.height] = [2 * size.width, 2 * size.height];
      canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
      URL.revokeObjectURL(url);
      follow(`${id}.png`, canvas.toDataURL("image/png"));
    });
    image.src = url;
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-download]");
    if (!button) return;
    const chart = charts.find(({ id }) => id === button.dataset.chart);
    if (chart) void download(chart, button.dataset.download);
    else if (button.dataset.download !== "csv")
      downloadPicture(button.dataset.chart, button.dataset.download);
    else save(`${button.dataset.chart}.csv`, "text/csv", csvOf(button.dataset.chart));
  });

  const themeButton = document.getElementById("theme");
  themeButton.hidden = false;
  themeButton.addEventListener("click", () => {
    root.dataset.theme = themeNow() === "dark" ? "light" : "dark";
    drawAll(themeNow());
  });
  darkQuery.addEventListener("change", () => {
    if (!root.dataset.theme) drawAll(themeNow());
  });
  window.addEventListener("scroll", () => (tip.hidden = true), { passive: true });
  // Paper is white, and nobody can open a definition on it.
  let opened = [];
  window.addEventListener("beforeprint", () => {
    opened = [...document.querySelectorAll(".headlines details:not([open])")];
    for (const details of opened) details.open = true;
    drawAll("light", widthOnPaper);
  });
  window.addEventListener("afterprint", () => {
    for (const details of opened) details.open = false;
    drawAll(themeNow());
  });

  drawAll(themeNow());
  for (const { container } of views) resized.observe(container);
})();
