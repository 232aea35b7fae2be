/* The great map. Filters stand in the address as on the list of names, the view behind its #;
   list and map follow both. Without this script form and list work by themselves. */
(() => {
  const { inScript, base, Names } = placeMaps;
  const element = document.querySelector("[data-great-map]");
  const form = document.querySelector("[data-map-form]");
  const list = document.querySelector("[data-map-list]");
  const told = document.querySelector("[data-map-told]");
  const message = document.querySelector("[data-map-message]");
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
    zoomControl: false, minZoom: 10, maxZoom: 19, zoomSnap: 0.25, zoomDelta: 1, zoomAnimation: !still, fadeAnimation: !still,
    maxBounds: [[22.8, 112.9], [23.4, 113.8]],
  });
  map.attributionControl.setPrefix(false).addAttribution(inScript("示意图，非勘界依据", "示意圖，非勘界依據"));
  L.control.zoom({ position: "topright", zoomInTitle: "放大", zoomOutTitle: inScript("缩小", "縮小") }).addTo(map);
  L.control.scale({ imperial: false, maxWidth: 160 }).addTo(map);
  if (tiles) L.tileLayer(tiles, { attribution: tilesBy, maxZoom: 18 }).addTo(map);
  else base().addTo(map);

  /* The view: #zoom/latitude/longitude, and &at=longitude,latitude of the place that was asked about. */
  const readView = () => {
    const found = location.hash.match(/^#([\d.]+)\/(-?[\d.]+)\/(-?[\d.]+)(?:&at=(-?[\d.]+),(-?[\d.]+))?$/);
    if (!found) return null;
    const [zoom, lat, lon, atLon, atLat] = found.slice(1).map(Number);
    if (!map.options.maxBounds.contains([lat, lon])) return null;
    return { middle: [lat, lon], zoom: Math.min(19, Math.max(10, zoom)), at: found[4] && L.latLng(atLat, atLon) };
  };
  const view = readView();
  let askedAt = view?.at || null;
  if (view) map.setView(view.middle, view.zoom);
  else if (part) { const [west, south, east, north] = part.split(",").map(Number); map.fitBounds([[south, west], [north, east]]); }
  else map.fitBounds(WHOLE);

  const names = new Names({ tiles: nameTiles, words: words(), ground: !tiles }).addTo(map);
  names.on("shown", ({ failed }) => {
    const { groups, names: points } = names.drawn;
    element.dataset.drawn = groups.reduce((sum, { number }) => sum + number, points.length);
    if (failed && !message.textContent) message.textContent = inScript("有一部分地图没有取到，请移动一下地图再试。", "有一部分地圖沒有取到，請移動一下地圖再試。");
  });

  /* What a step changes is written into a new entry of the history, so that 返回 takes it back; moving
     the map is no step, and steps of one kind in a row are one. */
  let lastKind = "";
  const step = (kind = "") => {
    if (!kind || kind !== lastKind) history.pushState(null, "", location.href);
    lastKind = kind;
  };
  const write = () => {
    const { lat, lng } = map.getCenter();
    const query = words();
    const at = askedAt ? `&at=${askedAt.lng.toFixed(6)},${askedAt.lat.toFixed(6)}` : "";
    history.replaceState(null, "", `${location.pathname}${query ? `?${query}` : ""}#${map.getZoom()}/${lat.toFixed(5)}/${lng.toFixed(5)}${at}`);
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
      message.textContent = JSON.parse(text).detail_zh;
      list.replaceChildren();
      told.textContent = "";
      return;
    }
    list.innerHTML = text;
    const heading = list.querySelector("h2");
    told.textContent = heading.textContent.trim();
    if (focus) { heading.tabIndex = -1; heading.focus(); }
  };
  map.on("movestart", () => { message.textContent = ""; });
  let waiting;
  const soon = (work, after) => { clearTimeout(waiting); waiting = setTimeout(work, after); };
  map.on("moveend", () => { write(); soon(() => showList().catch(() => {}), 300); });

  /* A chosen subdistrict, or names few enough for one page of the list: the map goes there. */
  const goThere = async () => {
    const asked = words();
    const answer = await fetch(`${listAddress}?${asked}`);
    const extent = answer.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-extent]")?.dataset.extent;
    if (!extent || asked !== words()) return false;
    const [west, south, east, north] = extent.split(",").map(Number);
    map.fitBounds([[south, west], [north, east]], { maxZoom: 17, padding: [30, 30] });
    if (west === east && south === north) names.mark(L.latLng(south, west));
    return true;
  };
  const update = ({ moves = true, kind = "" } = {}) => {
    if (words() === names.words) return;
    step(kind);
    message.textContent = "";
    map.closePopup();
    names.mark(askedAt);
    write();
    names.show(words());
    const listNow = () => showList().catch(() => {});
    if (moves && words()) goThere().catch(() => false).then((moved) => moved || listNow());
    else listNow();
  };
  form.addEventListener("submit", (event) => { event.preventDefault(); update(); });
  form.addEventListener("change", ({ target }) => {
    if (!target.matches("[data-year-slider]")) update();
  });

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
    sliding = setTimeout(() => update({ moves: false, kind: "year" }), 250);
  });
  field.addEventListener("input", showYear);
  form.querySelector("[data-year-off]").addEventListener("click", () => {
    field.value = "";
    start.value = "";
    slider.value = slider.max;
    showYear();
    update({ moves: false });
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
    if (found.group) { step(); map.setView(found.position, Math.min(19, map.getZoom() + 2)); }
    else if (found.line) popup(latlng, [[link(`${linesAddress}#line-${found.line.code}`, `${inScript("界线", "界線")} ${found.line.code}`), document.createElement("br"), found.line.name]]);
    else popup(found.position, found.names.map(rowOf));
  });
  map.on("mousemove", ({ latlng }) => { element.classList.toggle("is-over", Boolean(names.tiles && names.hit(latlng))); });

  /* What is here: long press, right click, Enter in the map, or the button for its middle. */
  const hideHere = () => {
    askedAt = null;
    herePart.hidden = true;
    names.mark(null);
  };
  const showHere = async (position, isStep = true) => {
    if (isStep) step();
    askedAt = position;
    names.mark(position);
    write();
    const answer = await fetch(`${hereAddress}?at=${position.lng.toFixed(6)},${position.lat.toFixed(6)}`);
    if (!answer.ok || position !== askedAt) return;
    herePart.innerHTML = await answer.text();
    herePart.hidden = false;
    if (!isStep) return;
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
    step();
    hideHere();
    write();
    element.focus();
  });

  /* 返回, and an address typed by hand: filters, view and place as they stand in the address. */
  window.addEventListener("popstate", () => {
    const back = readView();
    if (!back) return;
    const asked = new URLSearchParams(location.search);
    FIELDS.forEach((name) => { form.elements[name].value = asked.get(name) ?? ""; });
    showYear();
    lastKind = "";
    hideHere();
    askedAt = back.at || null;
    map.closePopup();
    map.setView(back.middle, back.zoom, { animate: false });
    if (words() !== names.words) names.show(words());
    if (askedAt) showHere(askedAt, false).catch(() => {});
  });

  /* From the list to the map, and page by page. */
  const positionOf = (item) => { const [lon, lat] = item.dataset.at.split(",").map(Number); return L.latLng(lat, lon); };
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-show-at]");
    if (button) {
      const item = button.closest("[data-at]");
      const position = positionOf(item);
      step();
      names.mark(position);
      map.setView(position, Math.max(17, map.getZoom()));
      element.scrollIntoView({ block: "nearest" });
      const named = item.querySelector("h3 a");
      popup(position, [[link(named.href, named.textContent), document.createElement("br"), item.querySelector("p").textContent.trim()]]);
      element.focus({ preventScroll: true });
    }
    const dropped = event.target.closest("[data-map-list] .chosen-filters a");
    if (dropped) {
      event.preventDefault();
      const left = new URL(dropped.href).searchParams;
      FIELDS.forEach((name) => { form.elements[name].value = left.get(name) ?? ""; });
      showYear();
      update({ moves: false });
      element.focus({ preventScroll: true });
    }
    if (event.target.closest("[data-show-whole]")) {
      step();
      map.fitBounds(WHOLE);
      element.focus({ preventScroll: true });
    }
    const page = event.target.closest("[data-map-list] .pagination a");
    if (page) {
      event.preventDefault();
      showList(new URL(page.href).searchParams.get("page"), true).catch(() => { location.href = page.href; });
    }
  });

  placeMaps.sharing({ map, names, element, message });
  placeMaps.fill(map);
  if (askedAt) showHere(askedAt, false).catch(() => {});
  write();
  const listNow = () => showList().catch(() => {});
  if (!view && !part && words()) goThere().catch(() => false).then((moved) => moved || listNow());
  else listNow();
})();
