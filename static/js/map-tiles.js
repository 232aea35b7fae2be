/* Vector tiles of the register for the maps of the site: reads them, and draws the base map.
   Everything that uses it finds it under `placeMaps`. */
window.placeMaps = (() => {
  const SIZE = 512;
  const BASE = "/place-names/map/base/{z}/{x}/{y}.mvt";
  const traditional = document.documentElement.lang === "zh-Hant";
  const inScript = (simplified, other) => (traditional ? other : simplified);
  const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  /* Mapbox Vector Tile 2.1, as far as our own server writes it. */
  const reader = (bytes, start = 0, end = bytes.length) => {
    let at = start;
    const varint = () => {
      let value = 0;
      let scale = 1;
      let byte;
      do {
        byte = bytes[at];
        at += 1;
        value += (byte & 0x7f) * scale;
        scale *= 128;
      } while (byte & 0x80);
      return value;
    };
    const part = () => { const length = varint(); at += length; return reader(bytes, at - length, at); };
    return {
      varint,
      part,
      fields: function* fields() {
        while (at < end) { const tag = varint(); yield [tag >>> 3, (tag & 7) === 2 ? part() : varint()]; }
      },
      numbers: () => { const found = []; while (at < end) found.push(varint()); return found; },
      text: () => new TextDecoder().decode(bytes.subarray(start, end)),
    };
  };
  const signed = (number) => (number % 2 ? -(number + 1) / 2 : number / 2);
  const geometry = (numbers) => {
    const parts = [];
    let [x, y, at] = [0, 0, 0];
    while (at < numbers.length) {
      const [command, count] = [numbers[at] & 7, numbers[at] >>> 3];
      at += 1;
      if (command === 7) continue;
      for (let step = 0; step < count; step += 1, at += 2) {
        x += signed(numbers[at]);
        y += signed(numbers[at + 1]);
        if (command === 1) parts.push([]);
        parts[parts.length - 1].push([x, y]);
      }
    }
    return parts;
  };
  const value = (part) => { for (const [number, content] of part.fields()) return number === 1 ? content.text() : signed(content); return ""; };
  const layer = (part) => {
    const [features, keys, values] = [[], [], []];
    let name = "";
    for (const [number, content] of part.fields()) {
      if (number === 1) name = content.text();
      if (number === 2) features.push(content);
      if (number === 3) keys.push(content.text());
      if (number === 4) values.push(value(content));
    }
    return [name, features.map((feature) => {
      const found = { properties: {}, parts: [] };
      for (const [number, content] of feature.fields()) {
        if (number === 2) {
          const tags = content.numbers();
          for (let at = 0; at < tags.length; at += 2) found.properties[keys[tags[at]]] = values[tags[at + 1]];
        }
        if (number === 4) found.parts = geometry(content.numbers());
      }
      return found;
    })];
  };
  const decode = (buffer) => {
    const found = {};
    for (const [number, content] of reader(new Uint8Array(buffer)).fields()) {
      if (number === 3) { const [name, features] = layer(content); found[name] = features; }
    }
    return found;
  };

  /* Each tile is asked for once; a failure is forgotten, so that the next look asks again. */
  const KEPT = 400;
  const tiles = new Map();
  const tile = (address) => {
    if (!tiles.has(address)) {
      if (tiles.size >= KEPT) tiles.delete(tiles.keys().next().value);
      tiles.set(address, fetch(address).then((answer) => {
        if (!answer.ok) throw new Error(answer.status);
        return answer.arrayBuffer();
      }).then(decode).catch((error) => { tiles.delete(address); throw error; }));
    }
    return tiles.get(address);
  };
  /* The address of a tile of 512 pixels: its zoom is one less than that of the map. */
  const addressOf = (template, { x, y, z }, words = "") => {
    const query = [words, traditional ? "script=hant" : ""].filter(Boolean).join("&");
    const [zoom, side] = [z - 1, 2 ** (z - 1)];
    if (zoom < 0 || x < 0 || y < 0 || x >= side || y >= side) return null;
    return template.replace("{z}", zoom).replace("{x}", x).replace("{y}", y) + (query ? `?${query}` : "");
  };

  const path = (context, parts, scale, closed) => {
    context.beginPath();
    parts.forEach((positions) => {
      positions.forEach(([x, y], number) => (number ? context.lineTo(x * scale, y * scale) : context.moveTo(x * scale, y * scale)));
      if (closed) context.closePath();
    });
  };
  const roadWidth = ({ rank }, zoom) => Math.max(0.8, (rank <= 2 ? 2.2 : rank <= 4 ? 1.6 : 1) * 1.45 ** (zoom - 12));
  const waterWidth = ({ size }, zoom) => Math.max(1.2, Math.min(12, size / 900) * 1.3 ** (zoom - 12));
  const drawBase = (context, found, zoom) => {
    const scale = SIZE / 4096;
    const [land, water, park, area, road, edge, border, outline] = [
      "land", "water", "park", "area", "road", "road-edge", "border", "outline",
    ].map((name) => colour(`--map-${name}`));
    context.lineJoin = "round";
    context.lineCap = "round";
    const fill = (features, style) => (features || []).forEach(({ parts }) => {
      path(context, parts, scale, true);
      context.fillStyle = style;
      context.fill("evenodd");
    });
    const stroke = (features, style, width) => (features || []).forEach(({ parts, properties }) => {
      path(context, parts, scale, false);
      context.strokeStyle = style;
      context.lineWidth = width(properties);
      context.stroke();
    });
    const isArea = ({ parts: [first] }) => first.length > 2;
    fill(found.subdistricts, land);
    fill((found.areas || []).filter(isArea), area);
    fill((found.parks || []).filter(isArea), park);
    const streams = found.water || [];
    stroke(streams, water, (each) => waterWidth(each, zoom));
    /* From afar roads are thin lines, and only the greater ones; near they have two edges. */
    if (zoom < 13) stroke((found.roads || []).filter(({ properties }) => properties.rank <= 4), edge, () => 0.9);
    else {
      stroke(found.roads, edge, (each) => roadWidth(each, zoom) + 2);
      stroke(found.roads, road, (each) => roadWidth(each, zoom));
    }
    const ofKind = (kind) => (found.boundaries || []).filter(({ properties }) => properties.kind === kind);
    context.setLineDash([6, 4]);
    stroke(ofKind("subdistrict"), border, () => 1.4);
    context.setLineDash([10, 4, 2, 4]);
    stroke(ofKind("district"), outline, () => 2.6);
    context.setLineDash([]);
  };

  /* Calls `draw` whenever colours or sizes change: large text, high contrast, dark scheme, and paper,
     which has the colours of the light scheme. */
  const draws = [];
  const drawAgain = (draw) => draws.push(draw);
  const drawAll = () => draws.forEach((draw) => draw());
  new MutationObserver(drawAll).observe(document.documentElement, { attributeFilter: ["data-elderly", "data-contrast"] });
  ["(prefers-color-scheme: dark)", "(forced-colors: active)"].forEach((query) => matchMedia(query).addEventListener("change", drawAll));
  const paper = (onPaper) => {
    document.documentElement.toggleAttribute("data-paper", onPaper);
    drawAll();
  };
  [["beforeprint", true], ["afterprint", false]].forEach(([event, onPaper]) => window.addEventListener(event, () => paper(onPaper)));
  /* Some print without those events, and show paper on screen. */
  matchMedia("print").addEventListener("change", ({ matches }) => paper(matches));
  /* A map whose box changes size, by a setting as well as by the window, fills it. */
  const fill = (map) => new ResizeObserver(() => map.invalidateSize()).observe(map.getContainer());

  const base = () => {
    const Layer = L.GridLayer.extend({
      onAdd(map) {
        L.GridLayer.prototype.onAdd.call(this, map);
        drawAgain(() => this.getContainer().querySelectorAll("canvas").forEach((canvas) => canvas.paint?.()));
      },
      createTile(coords, done) {
        const canvas = document.createElement("canvas");
        const sharp = Math.min(2, window.devicePixelRatio || 1);
        const address = addressOf(BASE, coords);
        if (!address) { setTimeout(done); return canvas; }
        tile(address).then((found) => {
          canvas.paint = () => {
            const context = canvas.getContext("2d");
            canvas.width = canvas.height = SIZE * sharp;
            context.scale(sharp, sharp);
            drawBase(context, found, coords.z);
          };
          canvas.paint();
          done(null, canvas);
        }).catch((error) => done(error, canvas));
        return canvas;
      },
    });
    return new Layer({ tileSize: SIZE, minZoom: 8, maxZoom: 20, keepBuffer: 1 });
  };

  return { SIZE, BASE, base, drawBase, tile, addressOf, colour, inScript, traditional, drawAgain, fill };
})();
