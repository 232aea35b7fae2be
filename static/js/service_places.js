/* The map of the service places on the page, and sorting by distance.
   The visitor's position is requested on a click and stays in the browser. */
(() => {
  const inScript = (simplified, traditional) => (document.documentElement.lang === "zh-Hant" ? traditional : simplified);
  const items = [...document.querySelectorAll("[data-place]")];
  const isPlaced = (item) => Boolean(item.dataset.lon);
  const mapBox = document.querySelector("[data-map-box]");
  const leaveOut = () => { if (mapBox) mapBox.dataset.empty = ""; };
  if (!items.length) { leaveOut(); return; }

  /* A long list comes in pages; the map and the nearest are of all of them. */
  const itemsBeyond = async (way) => {
    const found = [];
    const link = (page) => page.querySelector(`.pagination a[rel=${way}]`)?.getAttribute("href");
    let address = link(document);
    while (address) {
      const page = new DOMParser().parseFromString(await (await fetch(address)).text(), "text/html");
      found.push(...page.querySelectorAll("[data-place]"));
      address = link(page);
    }
    return found;
  };
  const everything = Promise.all([itemsBeyond("prev"), itemsBeyond("next")])
    .then((others) => [...items, ...others.flat()])
    .catch(() => items);
  const position = (item) => [Number(item.dataset.lat), Number(item.dataset.lon)];

  /* Map: only where Leaflet loads; the list says the same without it. */
  const mapElement = document.querySelector("[data-service-map]");
  const load = (tag, attributes) => new Promise((resolve, reject) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.addEventListener("load", resolve);
    element.addEventListener("error", reject);
    document.head.append(element);
  });

  const styled = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const draw = async () => {
    const { leafletCss, leafletJs, baseJs, shapes } = mapElement.dataset;
    const [all] = await Promise.all([
      everything,
      load("link", { rel: "stylesheet", href: leafletCss }),
      window.L ? null : load("script", { src: leafletJs }),
      window.placeMaps ? null : load("script", { src: baseJs }),
    ]);
    const placed = all.filter(isPlaced);
    if (!placed.length) { leaveOut(); return; }
    mapBox.hidden = false;
    const map = L.map(mapElement, { attributionControl: false, scrollWheelZoom: false, zoomControl: false, minZoom: 11, maxZoom: 17 });
    L.control.zoom({ zoomInTitle: "放大", zoomOutTitle: inScript("缩小", "縮小"), position: "topright" }).addTo(map);
    L.control.scale({ imperial: false, maxWidth: 160 }).addTo(map);
    /* What serves the whole district stands beside the list of a subdistrict, and on its map. */
    const listed = placed.filter((item) => item.closest("[data-places]"));
    /* Zoom no closer than needed to see borders and names around a single place. */
    map.fitBounds(L.latLngBounds((listed.length ? listed : placed).map(position)).pad(0.15), { maxZoom: 14 });
    if (shapes) {
      placeMaps.base().addTo(map);
      fetch(shapes).then((answer) => answer.json()).then((features) => {
        const style = () => ({ color: styled("--river"), weight: 1.5, fill: false });
        const areas = L.geoJSON(features, {
          interactive: false,
          filter: (feature) => feature.geometry && feature.geometry.type.endsWith("Polygon"),
          style,
        }).addTo(map).bringToBack();
        placeMaps.drawAgain(() => areas.setStyle(style));
        /* Names need space: zoomed out, pins would cover them. */
        const names = L.layerGroup(features.features.filter(({ properties }) => properties.at).map(
          ({ properties: { at, name } }) => L.tooltip({ permanent: true, direction: "center", className: "map-label" })
            .setLatLng([at[1], at[0]]).setContent(document.createTextNode(name)),
        ));
        const showNames = () => (map.getZoom() >= 14 ? names.addTo(map) : names.remove());
        showNames();
        map.on("zoomend", showNames);
      }).catch(() => {});
    }
    /* Places too close to be pressed separately share one pin with their number. */
    const pins = L.layerGroup().addTo(map);
    const links = (items) => {
      const list = document.createElement("ul");
      list.className = "place-popup";
      items.forEach((item) => {
        const link = document.createElement("a");
        link.href = item.dataset.href;
        link.textContent = item.dataset.name;
        list.appendChild(document.createElement("li")).append(link);
      });
      return list;
    };
    const putPins = () => {
      pins.clearLayers();
      const side = parseFloat(styled("--target"));
      const groups = [];
      placed.forEach((item) => {
        const point = map.latLngToLayerPoint(position(item));
        const group = groups.find((other) => other.point.distanceTo(point) < side);
        if (group) group.items.push(item);
        else groups.push({ point, items: [item] });
      });
      groups.forEach(({ items }) => {
        const count = items.length > 1 ? String(items.length) : "";
        const names = items.map((item) => item.dataset.name).join("、");
        const icon = L.divIcon({ className: "place-pin", html: count, iconSize: [side, side] });
        L.marker(position(items[0]), { icon, title: names }).bindPopup(() => links(items), { maxHeight: 220 }).addTo(pins);
      });
    };
    putPins();
    map.on("zoomend", putPins);
    placeMaps.fill(map);
    placeMaps.drawAgain(putPins);
    /* Opened by keyboard, the list takes the focus and returns it to the pin. */
    map.on("popupopen", ({ popup }) => {
      const box = popup.getElement();
      box.querySelector(".leaflet-popup-close-button")?.setAttribute("aria-label", inScript("关闭", "關閉"));
      box.querySelector(".place-popup a").focus({ preventScroll: true });
      box.onkeydown = (event) => { if (event.key === "Escape") map.closePopup(); };
    });
    map.on("popupclose", ({ popup }) => popup._source?.getElement()?.focus({ preventScroll: true }));
  };
  if (mapElement) draw().catch(leaveOut);

  /* Nearest to me. */
  const box = document.querySelector("[data-near]");
  const list = document.querySelector("[data-places]");
  if (!box || !list || !("geolocation" in navigator)) return;
  box.hidden = false;
  const state = box.querySelector("[data-near-state]");

  const metres = (a, b) => {
    const radians = Math.PI / 180;
    const x = (b[1] - a[1]) * radians * Math.cos(((a[0] + b[0]) / 2) * radians);
    const y = (b[0] - a[0]) * radians;
    return Math.hypot(x, y) * 6371000;
  };
  const words = (m) => (m < 1000 ? inScript(`约${Math.max(50, Math.round(m / 50) * 50)}米`, `約${Math.max(50, Math.round(m / 50) * 50)}米`) : inScript(`约${(m / 1000).toFixed(1)}公里`, `約${(m / 1000).toFixed(1)}公里`));

  box.querySelector("[data-near-button]").addEventListener("click", () => {
    state.textContent = "正在取得您的位置…";
    navigator.geolocation.getCurrentPosition(
      async ({ coords }) => {
        const all = await everything;
        const here = [coords.latitude, coords.longitude];
        const distance = new Map(all.filter(isPlaced).map((item) => [item, metres(here, position(item))]));
        if (!distance.size) { state.textContent = inScript("这些网点还没有登记位置。您可以在上面按街道筛选。", "這些網點還沒有登記位置。您可以在上面按街道篩選。"); return; }
        all.sort((a, b) => (distance.get(a) ?? Infinity) - (distance.get(b) ?? Infinity));
        for (const item of all) {
          const tag = item.querySelector("[data-distance]");
          if (distance.has(item)) {
            tag.textContent = `${words(distance.get(item))}${inScript("（直线）", "（直線）")}`;
            tag.hidden = false;
          }
          list.append(item);
        }
        document.querySelector(".pagination")?.remove();
        state.textContent = inScript(`已按距离排序，最近的是${all[0].dataset.name}。位置没有发给本站。`, `已按距離排序，最近的是${all[0].dataset.name}。位置沒有發給本站。`);
      },
      (error) => {
        state.textContent = error.code === 1
          ? inScript("您没有允许使用位置。您可以在上面按街道筛选。", "您沒有允許使用位置。您可以在上面按街道篩選。")
          : inScript("暂时取不到您的位置。您可以在上面按街道筛选。", "暫時取不到您的位置。您可以在上面按街道篩選。");
      },
      { maximumAge: 60000, timeout: 10000 },
    );
  });
})();
