/* Counts down a hold and keeps a form from being sent twice. Nothing depends on it: the server
   holds the time and takes a second confirmation for the first. */
(() => {
  for (const form of document.querySelectorAll("form[data-once]")) {
    let sent = 0;
    form.addEventListener("submit", (event) => {
      const now = Date.now();
      if (now - sent < 5000) event.preventDefault();
      else sent = now;
    });
  }

  const bar = document.querySelector("[data-hold]");
  if (!bar) return;
  const end = Date.parse(bar.dataset.hold);
  const left = bar.querySelector(".hold__left");
  const words = left.querySelector("b");
  const spoken = bar.querySelector("[role=status]");
  let warned = false;

  // A clock set wrong would frighten people: then only the server's words are shown.
  const total = end - Date.now();
  if (Number.isNaN(end) || total <= 0 || total > 3 * 3600_000) return;
  left.hidden = false;

  const show = () => {
    const seconds = Math.ceil((end - Date.now()) / 1000);
    if (seconds <= 0) {
      words.textContent = "0秒";
      spoken.textContent = "为您保留的时间到了，填过的内容会保留，提交后可以另选时间。";
      clearInterval(timer);
      return;
    }
    words.textContent = seconds >= 60 ? `${Math.floor(seconds / 60)}分${String(seconds % 60).padStart(2, "0")}秒` : `${seconds}秒`;
    if (seconds <= 120 && !warned) {
      warned = true;
      bar.classList.add("hold--soon");
      spoken.textContent = "还有2分钟。";
    }
  };
  const timer = setInterval(show, 1000);
  show();
})();
