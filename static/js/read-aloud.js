/* Reads the page aloud, sentence by sentence, with the sentence marked. Only with a Chinese voice
   of the device itself: voices that are no local service send the text to their maker. */
(() => {
  const place = document.querySelector(".breadcrumb");
  const main = document.querySelector("main");
  const speech = window.speechSynthesis;
  if (!place || !main || !speech || !window.SpeechSynthesisUtterance) return;

  const inScript = (simplified, traditional) => (document.documentElement.lang === "zh-Hant" ? traditional : simplified);
  const PAUSE = inScript("暂停", "暫停");
  const LONGEST = 120;
  const SILENT = "script, style, template, button, input, select, textarea, form[role=search], .feedback, nav, svg, [hidden], [aria-hidden=true], .visually-hidden, .print-only, .map, details:not([open], .faq details) > :not(summary)";
  const marked = CSS.highlights ? new Highlight() : null;
  if (marked) CSS.highlights.set("reading", marked);

  const voice = () => {
    const local = speech.getVoices().filter(({ lang, localService }) => /^(zh|cmn|yue)\b/i.test(lang) && localService);
    return local.find(({ lang }) => /^(zh|cmn)[-_](hans[-_])?cn/i.test(lang)) ?? local[0];
  };

  const isInline = (element) => getComputedStyle(element).display.startsWith("inline");
  const blockOf = (node) => {
    let element = node.parentElement;
    while (element !== main && isInline(element)) element = element.parentElement;
    return element;
  };

  /* [{ block, nodes }]: the text nodes that stand in one block after one another. */
  const blocks = () => {
    const found = [];
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.data.trim() || node.parentElement.closest(SILENT)) continue;
      const block = blockOf(node);
      const last = found.at(-1);
      if (last?.block === block) last.nodes.push(node);
      else found.push({ block, nodes: [node] });
    }
    return found;
  };

  /* Where sentences begin and end in a text. Long ones are cut at a comma: voices stop in them. */
  const cuts = (text) => [...text.matchAll(/[^。！？!?；;]+[。！？!?；;]*[”’」』）)》]*/g)].flatMap(({ 0: sentence, index }) => {
    if (sentence.length <= LONGEST) return [[index, index + sentence.length]];
    return [...sentence.matchAll(/[^，,、：]+[，,、：]*/g)].reduce((parts, { 0: part, index: at }) => {
      const last = parts.at(-1);
      const end = index + at + part.length;
      if (last && end - last[0] <= LONGEST) last[1] = end;
      else parts.push([index + at, end]);
      return parts;
    }, []);
  });

  const sentences = () => blocks().flatMap(({ block, nodes }) => {
    const text = nodes.map(({ data }) => data).join("");
    const at = (offset) => {
      let left = offset;
      const node = nodes.find(({ length }) => left <= length || ((left -= length), false)) ?? nodes.at(-1);
      return [node, Math.min(left, node.length)];
    };
    return cuts(text).map(([start, end], number) => {
      const range = document.createRange();
      range.setStart(...at(start));
      range.setEnd(...at(end));
      const label = number === 0 && block.dataset.label ? `${block.dataset.label}：` : "";
      return { block, range, said: label + spoken(text.slice(start, end)) };
    }).filter(({ said }) => /[\p{L}\p{N}]/u.test(said));
  });

  /* Days as days; telephone numbers and the like digit by digit, not as millions. */
  const spoken = (text) => text.replace(/\s+/g, " ").trim()
    .replace(/\b(\d{4})-(\d{1,2})-(\d{1,2})\b/g, (day, ...parts) => `${parts[0]}年${Number(parts[1])}月${Number(parts[2])}日`)
    .replace(/\d[\d-]{6,}/g, (number) => [...number.replaceAll("-", " ")].join(" "));

  const button = (label, press, look = "tool") => {
    const made = Object.assign(document.createElement("button"), { type: "button", className: look, textContent: label });
    made.addEventListener("click", press);
    return made;
  };

  let queue = [], next = 0, turn = 0;
  const unmark = () => {
    marked?.clear();
    document.querySelector("[data-reading]")?.removeAttribute("data-reading");
  };
  const silence = () => { turn += 1; speech.cancel(); };
  const stop = () => {
    const hadFocus = bar.contains(document.activeElement);
    silence();
    unmark();
    bar.hidden = true;
    if (hadFocus) start.focus();
  };

  const show = ({ block, range }) => {
    unmark();
    const fold = block.closest("details:not([open])");
    if (fold) fold.open = true;
    if (marked) marked.add(range);
    else block.dataset.reading = "";
    const { top, bottom } = range.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight - bar.offsetHeight) block.scrollIntoView({ block: bottom - top < innerHeight / 2 ? "center" : "start" });
  };

  const read = () => {
    silence();
    const mine = turn;
    if (next >= queue.length) { stop(); return; }
    show(queue[next]);
    const utterance = new SpeechSynthesisUtterance(queue[next].said);
    utterance.voice = voice();
    utterance.lang = utterance.voice?.lang ?? "zh-CN";
    utterance.rate = document.documentElement.hasAttribute("data-elderly") ? 0.85 : 1;
    const on = () => { if (mine === turn) { next += 1; read(); } };
    utterance.addEventListener("end", on);
    utterance.addEventListener("error", () => { if (mine === turn) stop(); });
    speech.speak(utterance);
    read.kept = utterance; // Some browsers forget an utterance, and its end, that nothing holds.
  };

  const start = button(inScript("朗读本页", "朗讀本頁"), () => {
    queue = sentences();
    next = 0;
    bar.hidden = false;
    pause.textContent = PAUSE;
    pause.focus();
    read();
  }, "tool read-aloud");
  /* Where `pause` of the browser works differs: the sentence is begun again instead. */
  const pause = button(PAUSE, () => {
    const isReading = pause.textContent === PAUSE;
    pause.textContent = isReading ? inScript("继续", "繼續") : PAUSE;
    if (isReading) silence();
    else read();
  });
  const bar = Object.assign(document.createElement("div"), { className: "reading-bar no-print", hidden: true });
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", inScript("朗读", "朗讀"));
  bar.append(pause, button("停止", stop));
  document.body.append(bar);
  addEventListener("keydown", ({ key }) => { if (key === "Escape" && !bar.hidden) stop(); });
  addEventListener("pagehide", stop);

  const offer = () => { if (voice()) place.append(start); else start.remove(); };
  speech.addEventListener?.("voiceschanged", offer);
  offer();
})();
