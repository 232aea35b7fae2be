/* The desk keeps itself up to date; pages that can be printed get their button. Without
   script the list is refreshed by hand. */

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// Without script the link loads the page again, all ticked; with it, what was typed stays.
for (const link of document.querySelectorAll("[data-tick-all]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    for (const box of document.querySelectorAll("input[name=booking]")) box.checked = true;
  });
}

const list = document.querySelector("[data-desk-list]");
if (list) {
  const live = document.querySelector("[data-desk-live]");
  let version = list.dataset.version;
  const say = (text) => {
    live.hidden = false;
    live.textContent = text;
  };
  const refresh = async () => {
    if (document.hidden || list.contains(document.activeElement)) return;
    try {
      const answer = await fetch(`${list.dataset.deskList}&version=${version}`, {
        headers: { "X-Requested-With": "XMLHttpRequest" },
      });
      if (answer.redirected || !answer.ok) throw new Error(String(answer.status));
      if (answer.status === 200) {
        const fresh = await answer.json();
        version = fresh.version;
        list.innerHTML = fresh.html;
      }
      const now = new Date().toLocaleTimeString("zh-CN", { hour12: false });
      say(`名单自动更新，最近一次 ${now}`);
    } catch {
      say("名单暂时不能自动更新，请检查网络或刷新页面。");
    }
  };
  setInterval(refresh, Number(list.dataset.seconds) * 1000);
  refresh();
}
