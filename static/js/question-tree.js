/* Offers the codes already given in a tree where an editor says what comes next, and the
   options of a question where a condition names an answer. */
(() => {
  const CODES = "question-tree-codes", ANSWERS = "question-tree-answers";
  const part = (input) => /^steps-\d+-value-/.test(input.name) ? input.name.match(/[a-z_]+$/)[0] : "";
  const lived = (input) => !document.querySelector(`[name="${input.name.match(/^steps-\d+/)?.[0]}-deleted"][value="1"]`);

  const fill = (id, values) => {
    let list = document.getElementById(id);
    if (!list) {
      list = Object.assign(document.createElement("datalist"), { id });
      document.body.append(list);
    }
    list.replaceChildren(...[...new Set(values)].filter(Boolean).map((value) => Object.assign(document.createElement("option"), { value })));
    return id;
  };

  document.addEventListener("focusin", ({ target: input }) => {
    if (!input.matches?.('input[name^="steps-"]')) return;
    const all = [...document.querySelectorAll('input[name^="steps-"]')].filter(lived);
    const kind = part(input);
    if (kind === "target" || kind === "question") {
      input.setAttribute("list", fill(CODES, all.filter((other) => part(other) === "code").map((other) => other.value.trim())));
    } else if (kind === "answer") {
      const labels = all.filter((other) => part(other) === "label" && other.name.includes("-options-"));
      input.setAttribute("list", fill(ANSWERS, labels.map((other) => other.value.trim())));
    }
  });
})();
