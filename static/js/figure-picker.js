/* Lets an editor choose a dated figure from a list, for today or for a fixed day.
   figurePicker.open((figure) => …) gives {code, day, name, shown}. */
(() => {
  if (window.figurePicker) return;
  const LIST = "/admin/figures/choices/";
  let dialog, list, search, day, state, chosen, figures, asked;

  const make = (tag, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  };

  const build = () => {
    search = make("input", { type: "search", id: "figure-search", autocomplete: "off" });
    day = make("input", { type: "date", id: "figure-day" });
    state = make("p", { role: "status", className: "figure-picker__state" });
    list = make("ul", { className: "figure-picker__list" });
    const close = make("button", { type: "button", className: "button button-secondary", textContent: "取消" });
    close.addEventListener("click", () => dialog.close());
    dialog = make("dialog", { className: "figure-picker" },
      make("h2", { id: "figure-picker-title", textContent: "插入数据" }),
      make("p", { textContent: "选一项。以后数据改了，用到它的页面都会跟着改。" }),
      make("div", { className: "figure-picker__fields" },
        make("label", { htmlFor: "figure-search", textContent: "按名称、领域或代码找" }), search,
        make("label", { htmlFor: "figure-day", textContent: "固定在某一天的数值（不填就是当天的）" }), day),
      state, list, close);
    dialog.setAttribute("aria-labelledby", "figure-picker-title");
    search.addEventListener("input", show);
    day.addEventListener("change", load);
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      list.querySelector("button")?.click();
    });
    dialog.addEventListener("close", () => { const done = chosen; chosen = null; done?.(null); });
    document.body.append(dialog);
  };

  const show = () => {
    const words = search.value.trim().toLowerCase();
    const found = figures.filter((figure) => `${figure.name} ${figure.area} ${figure.code}`.toLowerCase().includes(words));
    state.textContent = found.length ? `${found.length}项` : "没有找到。请换个说法，或者请审核人员在“数据”里添加。";
    list.replaceChildren(...found.map((figure) => {
      const button = make("button", { type: "button" },
        make("strong", { textContent: figure.name }),
        make("span", { textContent: figure.shown || "这一天没有数值" }),
        make("small", { textContent: [figure.area, figure.code, figure.sample ? "示例" : ""].filter(Boolean).join(" · ") }));
      button.addEventListener("click", () => {
        const done = chosen;
        chosen = null;
        dialog.close();
        done({ code: figure.code, name: figure.name, day: day.value, shown: figure.shown || figure.name });
      });
      return make("li", {}, button);
    }));
  };

  const load = async () => {
    const mine = asked = Symbol("one request");
    state.textContent = "正在读取…";
    try {
      const answer = await fetch(`${LIST}?day=${encodeURIComponent(day.value)}`, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error();
      const read = await answer.json();
      if (mine !== asked) return;
      figures = read.figures;
      show();
    } catch {
      state.textContent = "没有读到数据，请关上再试一次。";
    }
  };

  window.figurePicker = {
    mark: ({ code, day: fixed }) => `{figure:${code}${fixed ? `@${fixed}` : ""}}`,
    open(done) {
      if (!dialog) build();
      chosen = done;
      figures = [];
      search.value = day.value = "";
      dialog.showModal();
      search.focus();
      load();
    },
  };
})();
