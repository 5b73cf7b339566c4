"use strict";
(() => {
  const read = (id) => JSON.parse(document.getElementById(id).textContent);
  const rollUp = read("roll-up");
  const words = read("words");
  const ROWS_AT_ONCE = 200;
  const collator = new Intl.Collator(rollUp.lang === "zh" ? "zh-Hans-CN" : "en", { numeric: true });

  const makeElement = (name, text, attributes = {}) => {
    const element = document.createElement(name);
    if (text !== undefined) element.textContent = text;
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    return element;
  };

  const isNumeric = (column) => column.kind === "number" || column.kind === "percent";

  const formatCell = (value, kind) => {
    if (value === null) return words.nothing;
    if (kind === "percent") return `${(Number(value) * 100).toFixed(1)}%`;
    return String(value);
  };

  // The empty cell stands last in both directions: it is no number.
  const compareCells = (left, right, column) => {
    if (isNumeric(column)) return Number(left) - Number(right);
    return collator.compare(String(left), String(right));
  };

  const sortRows = (rows, at, column, sign) =>
    rows.slice().sort((left, right) => {
      if (left[at] === null || right[at] === null) return (left[at] === null) - (right[at] === null);
      return sign * compareCells(left[at], right[at], column);
    });

  // Of the shares of a heat map, those that conform: the darker, the worse.
  const isShaded = (column) => column.id === "rate" || column.id.startsWith("section.");

  const shadeClass = (value) => `s${Math.min(4, Math.floor(Number(value) * 5))}`;

  const makeCell = (value, column, isHeatMap) => {
    const text = formatCell(value, column.kind);
    const cell = makeElement("td", text);
    if (isNumeric(column)) cell.className = "number";
    else if (text.length > 24) cell.className = "wide";
    if (isHeatMap && value !== null && isShaded(column)) cell.classList.add(shadeClass(value));
    return cell;
  };

  class TableView {
    constructor(table, section) {
      this.table = table;
      this.section = section;
      this.isHeatMap = table.key.startsWith("heat_map");
      this.sorted = { at: -1, sign: 1 };
      this.text = "";
      this.category = "";
      this.limit = ROWS_AT_ONCE;
      this.categoryAt = table.columns.findIndex((column) => column.id === "category");
      this.makeTools();
      this.makeTable();
      this.draw();
    }

    makeTools() {
      const tools = makeElement("div", undefined, { class: "tools" });
      const label = makeElement("label", words.filter);
      const field = makeElement("input", undefined, { type: "search", autocomplete: "off" });
      label.append(" ", field);
      tools.append(label);
      field.addEventListener("input", () => this.change(() => { this.text = field.value.toLowerCase(); }));
      if (this.categoryAt >= 0) tools.append(this.makeCategoryChoice());
      this.count = makeElement("p", "", { class: "count", role: "status" });
      this.more = makeElement("button", "", { type: "button" });
      this.more.addEventListener("click", () => { this.limit = Infinity; this.draw(); });
      tools.append(this.count);
      this.section.append(tools);
    }

    makeCategoryChoice() {
      const names = [...new Set(this.table.rows.map((row) => row[this.categoryAt]))];
      const label = makeElement("label", this.table.columns[this.categoryAt].title);
      const choice = makeElement("select");
      choice.append(makeElement("option", words.all, { value: "" }));
      for (const name of names) if (name !== null) choice.append(makeElement("option", name, { value: name }));
      choice.addEventListener("change", () => this.change(() => { this.category = choice.value; }));
      label.append(" ", choice);
      return label;
    }

    change(set) {
      set();
      this.limit = ROWS_AT_ONCE;
      this.draw();
    }

    makeTable() {
      const scroll = makeElement("div", undefined,
        { class: "scroll", tabindex: "0", role: "region", "aria-label": this.table.title });
      const table = makeElement("table");
      const head = makeElement("tr");
      this.heads = this.table.columns.map((column, at) => {
        const cell = makeElement("th", undefined, { scope: "col" });
        const button = makeElement("button", column.title, { type: "button" });
        button.addEventListener("click", () => this.sortBy(at));
        if (isNumeric(column)) cell.className = "number";
        cell.append(button);
        head.append(cell);
        return cell;
      });
      const top = makeElement("thead");
      top.append(head);
      this.body = makeElement("tbody");
      table.append(top, this.body);
      scroll.append(table);
      this.section.append(scroll, this.more);
    }

    sortBy(at) {
      const sign = this.sorted.at === at ? -this.sorted.sign : 1;
      this.sorted = { at, sign };
      this.heads.forEach((head, other) => {
        if (other === at) head.setAttribute("aria-sort", sign > 0 ? "ascending" : "descending");
        else head.removeAttribute("aria-sort");
      });
      this.draw();
    }

    listRows() {
      const { columns, rows } = this.table;
      const fits = (row) =>
        (!this.category || row[this.categoryAt] === this.category) &&
        (!this.text || row.some((value, at) => formatCell(value, columns[at].kind).toLowerCase().includes(this.text)));
      const chosen = rows.filter(fits);
      const { at, sign } = this.sorted;
      return at < 0 ? chosen : sortRows(chosen, at, columns[at], sign);
    }

    draw() {
      const rows = this.listRows();
      const shown = rows.slice(0, this.limit);
      this.body.replaceChildren(...shown.map((row) => {
        const line = makeElement("tr");
        line.append(...row.map((value, at) => makeCell(value, this.table.columns[at], this.isHeatMap)));
        return line;
      }));
      this.more.hidden = shown.length === rows.length;
      this.more.textContent = words.more.replace("{left}", rows.length - shown.length);
      this.count.textContent = words.count.replace("{rows}", rows.length).replace("{all}", this.table.rows.length);
    }
  }

  // A table is drawn when it is opened, so that the first one appears at once.
  rollUp.tables.forEach((table, number) => {
    const section = document.getElementById(`table-${number}`);
    let isDrawn = false;
    const drawOnce = () => {
      if (section.open && !isDrawn) {
        isDrawn = true;
        new TableView(table, section);
      }
    };
    section.addEventListener("toggle", drawOnce);
    drawOnce();
  });

  const openLinkedTable = () => {
    const section = document.getElementById(location.hash.slice(1));
    if (section instanceof HTMLDetailsElement) section.open = true;
  };
  window.addEventListener("hashchange", openLinkedTable);
  openLinkedTable();
})();
