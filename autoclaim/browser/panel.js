// Draws the hand-over panel into the page, or brings it up to date. Words are set with textContent
// only: what comes from a store cannot become markup. The panel never touches the store's controls;
// it makes room beside the page, and moves or folds itself where it would cover a button.
(words) => {
  const EVERY = 400; // milliseconds between two looks at what the panel covers
  const NARROW = 1100; // below this many pixels there is no room beside the page
  const BUTTONS = "button, [role=button], input[type=submit], input[type=button]";

  const make = (tag, attributes = {}, children = []) => {
    const element = document.createElement(tag);
    const { text, ...others } = attributes;
    for (const [name, value] of Object.entries(others)) element.setAttribute(name, value);
    if (text !== undefined) element.textContent = text;
    element.append(...children);
    return element;
  };

  const styled = (css) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    return sheet;
  };

  const cell = (value, label, none) => {
    const nothing = value === null || value === "";
    return make("td", { role: "cell", ...(nothing ? { class: "nothing" } : {}) }, [
      ...(label ? [make("span", { class: "label", "aria-hidden": "true", text: label })] : []),
      make("span", { class: "value", text: nothing ? (value === null ? none : "empty") : value }),
    ]);
  };

  const mark = (check) => {
    if (check.found === null) return "not seen";
    return check.agrees ? "as planned" : "different";
  };

  const row = (check) => {
    const planned = cell(check.planned, check.agrees ? "" : "planned", "not planned");
    const found = cell(check.found, "in the form", "not seen");
    if (check.agrees) found.classList.add("unseen");
    return make("tr", { role: "row", "data-agrees": check.agrees ? "yes" : "no" }, [
      make("th", { role: "rowheader", scope: "row", text: check.name }),
      planned,
      found,
      make("td", { role: "cell", class: "mark", text: mark(check) }),
    ]);
  };

  const heading = (text) => make("th", { role: "columnheader", scope: "col", text });

  const table = () =>
    make("table", { role: "table" }, [
      make("caption", { text: "What the form holds" }),
      make("thead", { role: "rowgroup" }, [
        make("tr", { role: "row" }, ["Field", "Planned", "In the form", "Check"].map(heading)),
      ]),
      make("tbody", { role: "rowgroup" }, words.rows.map(row)),
    ]);

  const decline = () => {
    const button = make("button", {
      type: "button", class: "decline", "data-answer": "no", text: words.decline,
    });
    button.addEventListener("click", (event) => {
      // A page can only ever make it "no", and not even that without the buyer's own hand.
      if (event.isTrusted) globalThis[words.binding]?.("no");
    });
    return button;
  };

  // ---- the place in the window --------------------------------------------------------------

  const make_place = (host) => {
    // Beside the page, or along its foot or head; folded, in a corner. The first that covers no
    // button is taken, and kept until it does.
    const WIDE = ["right", "left"];
    const SLIM = ["bottom", "top"];
    const CORNERS = ["bottom-right", "bottom-left", "top-right", "top-left"];
    const place = { folded: false, byHand: false, dock: "right" };
    const room = new CSSStyleSheet();
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, room];

    const stand = (dock, folded) => {
      Object.assign(place, { dock, folded });
      host.setAttribute("data-dock", dock);
      host.setAttribute("data-folded", folded ? "yes" : "no");
      const { width, height } = host.getBoundingClientRect();
      const size = SLIM.includes(dock) ? height : width + 32;
      room.replaceSync(folded ? "" : `html { margin-${dock}: ${Math.ceil(size)}px !important }`);
      return !covers();
    };

    const covers = () => {
      const mine = host.getBoundingClientRect();
      return [...document.querySelectorAll(BUTTONS)].some((button) => {
        const its = button.getBoundingClientRect();
        const apart =
          its.width === 0 || its.height === 0 ||
          its.right <= mine.left || its.left >= mine.right ||
          its.bottom <= mine.top || its.top >= mine.bottom;
        return !apart && button.checkVisibility({ visibilityProperty: true });
      });
    };

    const settle = () => {
      const docks = innerWidth < NARROW ? SLIM : WIDE;
      const places = [
        ...(place.byHand && place.folded ? [] : docks.map((dock) => [dock, false])),
        ...(place.byHand && !place.folded ? [] : CORNERS.map((corner) => [corner, true])),
      ];
      const fits = places.some(([dock, folded]) => dock === place.dock && folded === place.folded);
      if (fits && stand(place.dock, place.folded)) return;
      if (!places.some(([dock, folded]) => stand(dock, folded))) stand(...places[0]);
    };

    place.fold = () => {
      place.byHand = true;
      place.folded = !place.folded;
      settle();
    };
    const middle = (element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2);
    };
    // A dialog of the page's that makes all else inert: the panel can be pressed only inside it. Of
    // several, the one that can be pressed itself.
    const home = () => {
      const modals = [...document.querySelectorAll("dialog:modal")];
      return modals.find((one) => one.contains(middle(one))) ?? modals.at(-1) ?? document.documentElement;
    };
    // A page that draws itself anew may throw the panel out: it comes back.
    const comeHome = () => {
      const where = home();
      if (host.parentNode !== where) where.append(host);
    };
    // What a page lays over the panel, or hides it with, is undone; what stays above it all the same
    // (a dialog that is hidden from here) is left.
    const uncover = () => {
      for (const name of ["style", "hidden", "inert"]) host.removeAttribute(name);
      const above = middle(host);
      if (host.getBoundingClientRect().width === 0 || above === host || above === place.left) return;
      host.setAttribute("popover", "manual");
      if (host.matches(":popover-open")) host.hidePopover();
      host.showPopover();
      place.left = middle(host) === host ? null : above;
    };

    place.settle = settle;
    addEventListener("resize", settle);
    setInterval(() => {
      comeHome();
      settle();
      uncover();
    }, EVERY);
    return place;
  };

  // ---- drawing ------------------------------------------------------------------------------

  const host = document.querySelector("autoclaim-panel") ?? document.createElement("autoclaim-panel");
  const root = host.shadowRoot ?? host.attachShadow({ mode: "open" });
  const first = !host.autoclaimPlace;
  if (first) {
    root.adoptedStyleSheets = [styled(words.style)];
    root.append(make("div", { class: "announced", role: "status", "aria-live": "polite" }));
    // Inside a dialog, what is pressed here is no press beside that dialog, which may close it.
    for (const kind of ["pointerdown", "pointerup", "mousedown", "mouseup", "click", "keydown", "keyup"]) {
      root.addEventListener(kind, (event) => event.stopPropagation());
    }
    document.documentElement.append(host);
    Object.defineProperty(host, "autoclaimPlace", { value: make_place(host) });
  }
  const place = host.autoclaimPlace;

  const body = make("div", {
    class: "body", id: "autoclaim-body", role: "group", "aria-label": "What the form holds", tabindex: "0",
  }, [
    make("p", { class: "sentence", text: words.sentence }),
  ]);
  if (words.alarm) body.append(make("p", { class: "alarm", text: words.alarm }));
  if (words.rows.length) body.append(table());
  body.append(make("p", { class: "whose", text: words.whose }));

  const fold = make("button", {
    type: "button", class: "fold", "aria-controls": "autoclaim-body",
  });
  const label = () => {
    fold.textContent = place.folded ? "Show" : "Fold";
    fold.setAttribute("aria-expanded", place.folded ? "false" : "true");
  };
  fold.addEventListener("click", () => (place.fold(), label()));
  label();

  const name = make("span", { class: "name", text: words.name });
  const header = make("header", {}, [
    make("h2", { id: "autoclaim-title" }, [name, make("span", { text: ` — ${words.says}` })]),
    fold,
  ]);
  const panel = make("section", { class: "panel", "aria-labelledby": "autoclaim-title" }, [
    header, body,
  ]);
  if (words.decline) panel.append(make("footer", {}, [decline()]));

  root.querySelector(".panel")?.remove();
  root.append(panel);
  host.setAttribute("data-state", words.state);
  place.settle();
  label();

  const announced = [`${words.name}: ${words.says}.`, words.sentence, words.alarm ?? ""].join(" ");
  setTimeout(() => { root.querySelector(".announced").textContent = announced; }, 50);
}
