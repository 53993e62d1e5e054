// Draws the hand-over panel into the page, or brings it up to date. Everything it shows is set with
// textContent: words from the store cannot become markup.
(words) => {
  const old = document.querySelector("autoclaim-panel");
  const host = old ?? document.createElement("autoclaim-panel");
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });

  const make = (tag, properties = {}, children = []) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties)) {
      if (name === "text") element.textContent = value;
      else element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };

  const cell = (value, label) =>
    value === null || value === ""
      ? make("td", { class: "empty", "data-label": label, text: value === null ? "not there" : "empty" })
      : make("td", { "data-label": label, text: value });

  const row = (check) =>
    make("tr", { "data-agrees": check.agrees ? "yes" : "no" }, [
      make("th", { scope: "row", text: check.name }),
      cell(check.planned, "planned"),
      cell(check.found, "in the form"),
      make("td", { class: "mark" }, [
        make("span", { text: check.agrees ? "same" : "different" }),
      ]),
    ]);

  const table = () =>
    make("table", {}, [
      make("caption", { text: "What was planned, and what the form holds now" }),
      make("thead", {}, [
        make("tr", {}, [
          make("th", { scope: "col", text: "Field" }),
          make("th", { scope: "col", text: "Planned" }),
          make("th", { scope: "col", text: "In the form" }),
          make("th", { scope: "col", text: "Check" }),
        ]),
      ]),
      make("tbody", {}, words.rows.map(row)),
    ]);

  const declineButton = () => {
    const button = make("button", { type: "button", "data-answer": "no", text: words.decline });
    button.addEventListener("click", (event) => {
      if (event.isTrusted) globalThis[words.binding]?.("no");
    });
    return button;
  };

  const aside = make("aside", { role: "region", "aria-label": "autoclaim" }, [
    make("header", {}, [make("h2", { text: words.title })]),
    make("p", { class: "sentence", role: "status", "aria-live": "polite", text: words.sentence }),
  ]);
  if (words.alarm) aside.append(make("p", { class: "alarm", role: "alert", text: words.alarm }));
  if (words.rows.length) aside.append(table());
  if (words.decline) aside.append(make("footer", {}, [declineButton()]));

  const sheet = new CSSStyleSheet();
  sheet.replaceSync(words.style);
  root.adoptedStyleSheets = [sheet];
  root.replaceChildren(aside);
  host.setAttribute("data-state", words.state);

  if (!host.isConnected) document.documentElement.append(host);
  if (!old) {
    // A page that draws itself anew may throw the panel out: it comes back.
    new MutationObserver(() => {
      if (!host.isConnected) document.documentElement.append(host);
    }).observe(document, { childList: true, subtree: true });
  }
}
