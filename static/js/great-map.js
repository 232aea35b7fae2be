/* The great map. Filters stand in the address as on the list of names, the view behind its #;
   list and map follow both. Without this script form and list work by themselves. */
(() => {
  const { inScript, base, Names } = placeMaps;
  const element = document.querySelector("[data-great-map]");
  const form = document.querySelector("[data-map-form]");
  const list = document.querySelector("[data-map-list]");
  const told = document.querySelector("[data-map-told]");
  const herePart = document.querySelector("[data-map-here]");
  const { window: part, nameTiles, listAddress, hereAddress, nameAddress, linesAddress, tiles, tilesBy } = element.dataset;
  const FIELDS = ["q", "category", "subdistrict", "status", "variant", "year", "start"];
  const WHOLE = [[23.045, 113.235], [23.118, 113.412]];

  document.querySelectorAll("[data-with-script]").forEach((each) => { each.hidden = false; });
  document.querySelector("[data-without-script]").hidden = true;

  /* Words of the address, those that are empty left out. */
  const words = (more = {}) => {
    const found = new URLSearchParams();
    const fields = new FormData(form);
    FIELDS.forEach((name) => { const value = (fields.get(name) || "").trim(); if (value) found.set(name, value); });
    Object.entries(more).forEach(([name, value]) => value && found.set(name, value));
    return found.toString();
  };

  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = L.map(element, {
    zoomControl: false, minZoom: 10, maxZoom: 19, zoomSnap: 0.5, zoomDelta: 1, zoomAnimation: !still, fadeAnimation: !still,
    maxBounds: [[22.8, 112.9], [23.4, 113.8]],
  });
  map.attributionControl.setPrefix(false).addAttribution(inScript("示意图，非勘界依据", "示意圖，非勘界依據"));
  L.control.zoom({ position: "topright", zoomInTitle: "放大", zoomOutTitle: inScript("缩小", "縮小") }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  if (tiles) L.tileLayer(tiles, { attribution: tilesBy, maxZoom: 18 }).addTo(map);
  else base().addTo(map);

  /* The view: #zoom/latitude/longitude. */
  const readView = () => {
    const [zoom, lat, lon] = location.hash.slice(1).split("/").map(Number);
    return [zoom, lat, lon].every(Number.isFinite) && location.hash.split("/").length === 3 ? [[lat, lon], zoom] : null;
  };
  const view = readView();
  if (view && map.options.maxBounds.contains(view[0])) map.setView(view[0], Math.min(19, Math.max(10, view[1])));
  else if (part) { const [west, south, east, north] = part.split(",").map(Number); map.fitBounds([[south, west], [north, east]]); }
  else map.fitBounds(WHOLE);

  const names = new Names({ tiles: nameTiles, words: words() }).addTo(map);
  names.on("shown", ({ failed }) => {
    const { groups, names: points } = names.drawn;
    element.dataset.drawn = groups.reduce((sum, { number }) => sum + number, points.length);
    if (failed) told.textContent = inScript("有一部分地图没有取到，请移动一下地图再试。", "有一部分地圖沒有取到，請移動一下地圖再試。");
  });

  const write = () => {
    const { lat, lng } = map.getCenter();
    const query = words();
    history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}#${map.getZoom()}/${lat.toFixed(5)}/${lng.toFixed(5)}`);
    document.querySelectorAll("[data-same-filters]").forEach((link) => {
      link.href = link.dataset.sameFilters + (query ? `?${query}` : "");
    });
  };

  /* A page of the list, for what the map shows; its heading is read out. */
  let listed = 0;
  const showList = async (page = "", focus = false) => {
    listed += 1;
    const turn = listed;
    const box = map.getBounds();
    const bbox = [box.getWest(), box.getSouth(), box.getEast(), box.getNorth()].map((degrees) => degrees.toFixed(5)).join(",");
    const answer = await fetch(`${listAddress}?${words({ bbox, page })}`);
    const text = await answer.text();
    if (turn !== listed) return;
    if (!answer.ok) {
      told.textContent = JSON.parse(text).detail_zh;
      return;
    }
    list.innerHTML = text;
    const heading = list.querySelector("h2");
    told.textContent = heading.textContent.trim();
    if (focus) { heading.tabIndex = -1; heading.focus(); }
  };
  let waiting;
  const soon = (work, after) => { clearTimeout(waiting); waiting = setTimeout(work, after); };
  map.on("moveend", () => { write(); soon(() => showList().catch(() => {}), 300); });

  const update = () => {
    map.closePopup();
    write();
    names.show(words());
    showList().catch(() => {});
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); update(); });
  form.addEventListener("change", (event) => { if (!event.target.matches("[data-year-slider]")) update(); });
  window.addEventListener("hashchange", () => { const [at, zoom] = readView() || []; if (at) map.setView(at, zoom); });

  /* The slider and the field of the year say the same. */
  const field = form.querySelector("[name=year]");
  const slider = form.querySelector("[data-year-slider]");
  const start = form.querySelector("[name=start]");
  const showYear = () => {
    const isSet = /^\d{1,4}$/.test(field.value);
    if (isSet) slider.value = field.value;
    slider.setAttribute("aria-valuetext", isSet ? `${field.value}年` : inScript("不限年份", "不限年份"));
    form.toggleAttribute("data-has-year", isSet);
  };
  let sliding;
  slider.addEventListener("input", () => {
    field.value = slider.value;
    showYear();
    clearTimeout(sliding);
    sliding = setTimeout(update, 250);
  });
  field.addEventListener("input", showYear);
  form.querySelector("[data-year-off]").addEventListener("click", () => {
    field.value = "";
    start.value = "";
    slider.value = slider.max;
    showYear();
    update();
  });
  showYear();

  /* Popups hold texts only, however a name is written. */
  const link = (address, text) => Object.assign(document.createElement("a"), { href: address, textContent: text });
  const popup = (position, rows) => {
    const box = document.createElement("ul");
    box.className = "great-map__popup";
    rows.forEach((row) => box.appendChild(document.createElement("li")).append(...row));
    L.popup({ maxWidth: 260, minWidth: 120 }).setLatLng(position).setContent(box).openOn(map);
  };
  map.on("popupopen", ({ popup: opened }) => {
    opened.getElement().querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", inScript("关闭", "關閉"));
  });
  const rowOf = ({ code, name, class: kind, status }) => [
    link(nameAddress.replace("00000000000000000000", code), name), document.createElement("br"), [kind, status].filter(Boolean).join(" · "),
  ];
  map.on("click", ({ latlng }) => {
    const found = names.hit(latlng);
    if (!found) return;
    if (found.group) map.setView(found.position, Math.min(19, map.getZoom() + 2));
    else if (found.line) popup(latlng, [[link(`${linesAddress}#line-${found.line.code}`, `${inScript("界线", "界線")} ${found.line.code}`), document.createElement("br"), found.line.name]]);
    else popup(found.position, found.names.map(rowOf));
  });
  map.on("mousemove", ({ latlng }) => { element.classList.toggle("is-over", Boolean(names.tiles && names.hit(latlng))); });

  /* What is here: long press, right click, Enter in the map, or the button for its middle. */
  const showHere = async (position) => {
    names.mark(position);
    const answer = await fetch(`${hereAddress}?at=${position.lng.toFixed(6)},${position.lat.toFixed(6)}`);
    if (!answer.ok) return;
    herePart.innerHTML = await answer.text();
    herePart.hidden = false;
    const heading = herePart.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
    herePart.scrollIntoView({ block: "nearest", behavior: still ? "auto" : "smooth" });
  };
  map.on("contextmenu", (event) => { event.originalEvent?.preventDefault(); showHere(event.latlng).catch(() => {}); });
  document.querySelector("[data-here-middle]").addEventListener("click", () => showHere(map.getCenter()).catch(() => {}));
  element.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === element) { event.preventDefault(); showHere(map.getCenter()).catch(() => {}); }
    if (event.key === "Escape") map.closePopup();
  });
  herePart.addEventListener("click", (event) => {
    if (!event.target.closest("[data-here-close]")) return;
    herePart.hidden = true;
    names.mark(null);
    element.focus();
  });

  /* From the list to the map, and page by page. */
  const positionOf = (item) => { const [lon, lat] = item.dataset.at.split(",").map(Number); return L.latLng(lat, lon); };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show-at]");
    if (button) {
      const item = button.closest("[data-at]");
      const position = positionOf(item);
      names.mark(position);
      map.setView(position, Math.max(17, map.getZoom()));
      element.scrollIntoView({ block: "nearest" });
      const named = item.querySelector("h3 a");
      popup(position, [[link(named.href, named.textContent), document.createElement("br"), item.querySelector("p").textContent.trim()]]);
      element.focus({ preventScroll: true });
    }
    const page = event.target.closest("[data-map-list] .pagination a");
    if (page) {
      event.preventDefault();
      showList(new URL(page.href).searchParams.get("page"), true).catch(() => { location.href = page.href; });
    }
  });

  /* The address of what is shown. */
  const copy = document.querySelector("[data-copy-address]");
  const address = document.querySelector("[data-address]");
  copy.addEventListener("click", async () => {
    address.value = location.href;
    address.hidden = false;
    address.select();
    try {
      await navigator.clipboard.writeText(location.href);
      told.textContent = inScript("网址已复制。", "網址已複製。");
    } catch {
      told.textContent = inScript("请复制框里的网址。", "請複製框裏的網址。");
    }
  });
  document.querySelector("[data-print]").addEventListener("click", () => print());

  write();
  showList().catch(() => {});
})();
