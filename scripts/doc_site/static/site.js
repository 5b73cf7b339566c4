// What the theme and the search of Sphinx don't do for a reader of plain files.

// Areas that scroll sideways can be scrolled by the keyboard.
function makeScrollersReachable() {
  for (const area of document.querySelectorAll(".table-wrapper, .highlight pre, .toc-scroll, .sidebar-scroll")) {
    if (area.scrollWidth > area.clientWidth || area.scrollHeight > area.clientHeight) area.tabIndex = 0;
    else area.removeAttribute("tabindex");
  }
}

// A page that was opened from the search shows the first place that was found.
function showFirstMatch() {
  if (document.getElementById("search-results") || location.hash) return;
  document.querySelector("article .highlighted")?.scrollIntoView({ block: "center" });
}

// A word as the page has it: as it was typed, else by its stem, as the index has it.
function findNeedles(text, words) {
  const lower = text.toLowerCase();
  return words.map((word) => (lower.includes(word) ? word : new Stemmer().stemWord(word)));
}

// The piece of a page around the first match; the words of the query are marked.
function makeExcerpt(text, words) {
  const lower = text.toLowerCase();
  const places = words.map((word) => lower.indexOf(word)).filter((place) => place >= 0);
  if (!places.length) return null;
  const start = Math.max(0, Math.min(...places) - 40);
  const excerpt = document.createElement("p");
  excerpt.className = "context";
  excerpt.textContent = (start ? "…" : "") + text.slice(start, start + 160) + "…";
  for (const word of words) _highlightText(excerpt, word, "highlighted");
  return excerpt;
}

function countMatches(text, words) {
  const lower = text.toLowerCase();
  return words.reduce((count, word) => count + lower.split(word).length - 1, 0);
}

// Sphinx lists pages by the kind of match; pages of one kind are put in order of how often it occurs.
function improveResult(result, query) {
  const link = result.querySelector("a");
  const page = new URL(link.href).pathname.slice(new URL(".", location.href).pathname.length);
  const text = SITE_TEXTS[decodeURI(page).replace(/\.html$/, "")] ?? "";
  const words = findNeedles(text, query);
  result.dataset.matches = countMatches(text, words);
  const excerpt = makeExcerpt(text, words);
  if (excerpt && !result.querySelector(".context")) {
    const count = document.createElement("span");
    count.className = "site-count";
    count.textContent = SITE_WORDS.count.replace("{}", result.dataset.matches);
    result.append(" ", count, excerpt);
  }
  const rank = (entry) => Number(entry.querySelector("a").dataset.score) * 1e6 + Number(entry.dataset.matches ?? 0);
  const before = [...result.parentElement.children].find((entry) => entry !== result && rank(entry) < rank(result));
  if (before) before.before(result);
}

function improveSearch() {
  const output = document.getElementById("search-results");
  const query = (new URLSearchParams(location.search).get("q") ?? "").trim().toLowerCase();
  if (!output || !query) return;
  document.querySelector(".sidebar-search").value = query;
  const words = query.split(/\s+/);
  new MutationObserver((changes) => {
    // What the page marks that is opened next: Sphinx has pairs of Chinese characters here.
    localStorage.setItem("sphinx_highlight_terms", query);
    for (const change of changes)
      for (const added of change.addedNodes)
        if (added.nodeName === "LI" && !added.dataset.matches) improveResult(added, words);
  }).observe(output, { childList: true, subtree: true });
}

improveSearch();
window.addEventListener("load", () => {
  makeScrollersReachable();
  window.setTimeout(showFirstMatch, 50); // Sphinx marks the words a moment after the page is there
});
window.addEventListener("resize", makeScrollersReachable);
