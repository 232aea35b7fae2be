/* The names on a map, on one canvas: groups, points, and as many labels as fit. Drawn again after
   each move, since which labels fit depends on all of them. Small maps have no tiles of names: then
   only roads, waters and parks of the base map are labelled, around `reserved` boxes. */
placeMaps.Names = L.Layer.extend({
  options: { pad: 120, tiles: "", words: "", reserved: null, ground: false },

  initialize(options) {
    L.setOptions(this, options);
    this.words = this.options.words;
    this.widths = new Map();
    this.drawn = { groups: [], names: [], lines: [] };
  },

  onAdd() {
    this.canvas = L.DomUtil.create("canvas", "map-names leaflet-zoom-hide");
    this.canvas.setAttribute("aria-hidden", "true");
    this.getPane().append(this.canvas);
    placeMaps.drawAgain(() => this.draw());
    this.ask();
  },

  onRemove() { this.canvas.remove(); },

  getEvents() { return { moveend: this.ask, resize: this.ask }; },

  /* Other filters: the words of the address. */
  show(words) { this.words = words; this.ask(); },

  mark(position) { this.marked = position; this.draw(); },

  coordinates() {
    const z = Math.round(this._map.getZoom());
    const size = placeMaps.SIZE * this._map.getZoomScale(this._map.getZoom(), z);
    const bounds = this._map.getPixelBounds();
    const found = [];
    for (let x = Math.floor(bounds.min.x / size); x * size < bounds.max.x; x += 1) {
      for (let y = Math.floor(bounds.min.y / size); y * size < bounds.max.y; y += 1) found.push({ x, y, z });
    }
    return found;
  },

  /* Resolves when all tiles of the view are drawn. */
  ask() {
    const asked = this.coordinates();
    const round = (this.round = (this.round || 0) + 1);
    const { tile, addressOf } = placeMaps;
    const none = Promise.resolve({});
    const get = (address) => (address ? tile(address) : none);
    const found = asked.map((coords) => ({ coords, names: {}, base: {} }));
    const work = found.flatMap((each) => [
      get(this.options.tiles && addressOf(this.options.tiles, each.coords, this.words)).then((names) => { each.names = names; }),
      get(addressOf(placeMaps.BASE, each.coords)).then((base) => { each.base = base; }),
    ]);
    return Promise.allSettled(work).then((results) => {
      if (round !== this.round || !this._map) return;
      this.tiles = found;
      this.draw();
      this.fire("shown", { failed: results.some(({ status }) => status === "rejected") });
    });
  },

  draw() {
    const map = this._map;
    if (!map || !this.tiles) return;
    const { pad } = this.options;
    const size = map.getSize();
    const sharp = Math.min(2, window.devicePixelRatio || 1);
    const [width, height] = [size.x + 2 * pad, size.y + 2 * pad];
    this.canvas.width = width * sharp;
    this.canvas.height = height * sharp;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    L.DomUtil.setPosition(this.canvas, map.containerPointToLayerPoint([-pad, -pad]));
    this.origin = map.getPixelBounds().min.subtract([pad, pad]);
    this.context = this.canvas.getContext("2d");
    this.context.scale(sharp, sharp);
    this.taken = this.options.reserved ? this.options.reserved().map((box) => box.map((value) => value + pad)) : [];
    this.read();
    if (this.options.ground && document.documentElement.hasAttribute("data-paper")) this.drawGround();
    if (this.marked) {
      const { x, y } = this.pixels(this.marked);
      this.taken.push([x - this.letter, y - this.letter, x + this.letter, y + this.letter]);
    }
    this.drawGroups();
    this.drawPoints();
    this.drawLabels();
    if (this.marked) this.ring(this.pixels(this.marked), this.letter, "--map-mark", 4);
  },

  pixels(position) { return this._map.project(position, this._map.getZoom()).subtract(this.origin); },

  /* Between two whole zooms the tiles of the nearer one are stretched. */
  at({ x, y, z }, [[[left, top]]]) {
    const scale = (placeMaps.SIZE / 4096) * this._map.getZoomScale(this._map.getZoom(), z);
    return L.point(x * 4096 + left, y * 4096 + top).multiplyBy(scale).subtract(this.origin);
  },

  /* What the tiles hold, in pixels of the canvas. */
  read() {
    this.letter = parseFloat(getComputedStyle(this._map.getContainer()).getPropertyValue("--label"));
    const drawn = { groups: [], names: [], lines: [], places: [], areas: [] };
    const shapes = new Set();
    this.tiles.forEach(({ coords, names, base }) => {
      ["water", "parks", "areas", "roads"].forEach((layer) => (base[layer] || []).forEach(({ properties }) => shapes.add(properties.code)));
      (names.groups || []).forEach(({ properties, parts }) => drawn.groups.push({ ...properties, at: this.at(coords, parts) }));
      (names.names || []).forEach(({ properties, parts }) => drawn.names.push({ ...properties, at: this.at(coords, parts) }));
      (base.labels || []).forEach(({ properties, parts }) => drawn.places.push({ ...properties, at: this.at(coords, parts) }));
      (base.subdistricts || []).forEach(({ properties, parts }) => drawn.areas.push({
        code: properties.code, parts: parts.map((part) => part.map((position) => this.at(coords, [[position]]))),
      }));
      (base.boundaries || []).forEach(({ properties, parts }) => drawn.lines.push({
        ...properties, parts: parts.map((part) => part.map((position) => this.at(coords, [[position]]))),
      }));
    });
    drawn.groups = this.apart(drawn.groups);
    if (this._map.getZoom() < this._map.getMaxZoom()) drawn.names = drawn.names.filter((name) => !this.joined(name, drawn.groups));
    const codes = new Set(drawn.names.map(({ code }) => code));
    drawn.places = drawn.places.filter(({ code }) => !codes.has(code));
    drawn.names.forEach((name) => { name.hasShape = shapes.has(name.code); });
    this.drawn = drawn;
  },

  /* On paper the ground lies on this canvas too: Chromium does not print those of the tiles. */
  drawGround() {
    const { context } = this;
    this.tiles.forEach(({ coords, base }) => {
      const { x, y } = this.at(coords, [[[0, 0]]]);
      const scale = this._map.getZoomScale(this._map.getZoom(), coords.z);
      context.save();
      context.translate(x, y);
      context.scale(scale, scale);
      context.beginPath();
      context.rect(0, 0, placeMaps.SIZE, placeMaps.SIZE);
      context.clip();
      placeMaps.drawBase(context, base, coords.z);
      context.restore();
    });
  },

  radius(number) { return this.letter * (0.95 + 0.26 * Math.log10(number)); },

  /* Groups whose circles would overlap are one, in their common middle: large letters need room. */
  apart(groups) {
    const left = [...groups].sort((a, b) => b.number - a.number);
    const found = [];
    while (left.length) {
      const group = left.shift();
      const near = found.findIndex(({ number, at }) => at.distanceTo(group.at) < this.radius(number) + this.radius(group.number) + 2);
      if (near < 0) found.push(group);
      else {
        const [other] = found.splice(near, 1);
        const number = other.number + group.number;
        left.unshift({ number, at: other.at.multiplyBy(other.number).add(group.at.multiplyBy(group.number)).divideBy(number) });
      }
    }
    return found;
  },

  /* A point under the circle of a group is counted in it; nearer it stands by itself. */
  joined({ at }, groups) {
    const group = groups.find((each) => each.at.distanceTo(at) < this.radius(each.number));
    if (group) group.number += 1;
    return Boolean(group);
  },

  ring(at, radius, colour, width) {
    const { context } = this;
    context.beginPath();
    context.arc(at.x, at.y, radius, 0, 7);
    context.lineWidth = width;
    context.strokeStyle = placeMaps.colour(colour);
    context.stroke();
  },

  drawGroups() {
    const { context, letter } = this;
    context.textAlign = "center";
    context.textBaseline = "middle";
    this.drawn.groups.sort((a, b) => a.number - b.number).forEach((group) => {
      const { number, at } = group;
      group.radius = this.radius(number);
      context.beginPath();
      context.arc(at.x, at.y, group.radius, 0, 7);
      context.fillStyle = placeMaps.colour("--map-group");
      context.fill();
      this.ring(at, group.radius, "--map-halo", 2.5);
      context.fillStyle = placeMaps.colour("--map-on-group");
      context.font = this.font(letter, 600);
      context.fillText(number < 10000 ? number : placeMaps.inScript(`${(number / 10000).toFixed(1)}万`, `${(number / 10000).toFixed(1)}萬`), at.x, at.y + 1);
      this.taken.push([at.x - group.radius, at.y - group.radius, at.x + group.radius, at.y + group.radius]);
    });
  },

  drawPoints() {
    const { context } = this;
    const radius = this.letter / 3.6;
    this.drawn.names.filter(({ hasShape }) => !hasShape).forEach(({ at, kind, status }) => {
      context.beginPath();
      context.arc(at.x, at.y, radius, 0, 7);
      const colour = placeMaps.colour(`--map-${kind}-label`) || placeMaps.colour("--map-label");
      context.fillStyle = status ? placeMaps.colour("--map-halo") : colour;
      context.fill();
      context.lineWidth = status ? 2 : 1.2;
      context.strokeStyle = status ? colour : placeMaps.colour("--map-halo");
      context.stroke();
    });
  },

  font(size, weight = 400) { return `${weight} ${size}px "PingFang SC", "HarmonyOS Sans SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif`; },

  width(text, font) {
    const key = `${font} ${text}`;
    if (!this.widths.has(key)) { this.context.font = font; this.widths.set(key, this.context.measureText(text).width); }
    return this.widths.get(key);
  },

  /* Names of subdistricts and of the base map first, then names by importance; each where it first
     fits: on its spot, or right, left, above or below its point. */
  drawLabels() {
    const zoom = this._map.getZoom();
    const enough = ({ kind, rank }) => kind === "subdistricts" ? zoom < 16 : kind === "roads" ? zoom >= 12 + rank / 2 : zoom >= 11 + rank / 2;
    const places = this.drawn.places.filter(enough).filter(({ kind }) => !this.options.reserved || kind !== "subdistricts").map((each) => ({ ...each, centred: true, isBase: true, rank: each.kind === "subdistricts" ? -1 : each.rank + 0.5 }));
    const names = this.drawn.names.map((each) => ({ ...each, centred: each.hasShape, own: each }));
    [...places, ...names].sort((a, b) => a.rank - b.rank || (a.code < b.code ? -1 : 1)).forEach((label) => this.drawLabel(label));
  },

  /* Whether the name of a subdistrict stands on it: its middle and half of it to either side. */
  isWithin(code, [left, top, right, bottom]) {
    const own = this.drawn.areas.filter((area) => area.code === code);
    const [x, y, quarter] = [(left + right) / 2, (top + bottom) / 2, (right - left) / 4];
    /* Counts the sides that a line to the right crosses. */
    const crosses = (at, a, b) => (a.y > y) !== (b.y > y) && at < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x);
    const holds = (at) => own.some(({ parts }) => parts.reduce((count, part) => count + part.filter((a, index) => crosses(at, a, part[(index + 1) % part.length])).length, 0) % 2 === 1);
    return [x - quarter, x, x + quarter].every(holds);
  },

  drawLabel({ name, code, at, kind, status, centred, isBase, own }) {
    const { context, letter } = this;
    const isSubdistrict = kind === "subdistricts";
    const size = isSubdistrict ? letter * 1.1 : letter;
    const text = isSubdistrict ? name.replace(/街道$/, "") : name;
    const font = this.font(size, isSubdistrict || (own && !status) ? 600 : 400);
    const [width, height, gap] = [this.width(text, font), size * 1.25, letter / 2.2];
    const spots = isSubdistrict ? [0, 1.4, -1.4, 2.4, -2.4].map((lines) => [-width / 2, lines * height]) : centred ? [[-width / 2, 0], ...(this.isMarked(at) ? [[-width / 2, 1.5 * height]] : [])] : [[gap, 0], [-gap - width, 0], [-width / 2, -height], [-width / 2, height]];
    const spot = spots.map(([dx, dy]) => [at.x + dx, at.y + dy - height / 2, at.x + dx + width, at.y + dy + height / 2])
      .find((box) => this.isFree(box) && (!isSubdistrict || this.isWithin(code, box)));
    if (!spot) return;
    this.taken.push(spot);
    if (own) own.box = spot;
    context.font = font;
    context.textAlign = "left";
    context.textBaseline = "middle";
    context.lineWidth = 3.5;
    context.lineJoin = "round";
    context.strokeStyle = placeMaps.colour("--map-halo");
    const kinds = { parks: "park", areas: "area", roads: "road", subdistricts: "subdistrict" };
    context.fillStyle = placeMaps.colour(`--map-${kinds[kind] || kind}-label`) || placeMaps.colour("--map-label");
    context.globalAlpha = isBase && !isSubdistrict ? 0.85 : 1;
    const middle = (spot[1] + spot[3]) / 2 + 1;
    context.strokeText(text, spot[0], middle);
    context.fillText(text, spot[0], middle);
    context.globalAlpha = 1;
  },

  /* Whether the ring is around it, where its name has no room. */
  isMarked(at) { return this.marked && this.pixels(this.marked).distanceTo(at) < this.letter; },

  isFree([left, top, right, bottom]) {
    return this.taken.every(([l, t, r, b]) => right < l - 2 || left > r + 2 || bottom < t - 1 || top > b + 1);
  },

  /* What lies at a point of the map: a group, names, or a boundary line. */
  hit(position) {
    const at = this.pixels(position);
    const reach = parseFloat(placeMaps.colour("--target")) / 2;
    const group = this.drawn.groups.find((each) => each.at.distanceTo(at) <= Math.max(each.radius, reach * 0.8));
    if (group) return { group, position: this._map.unproject(group.at.add(this.origin), this._map.getZoom()) };
    const inside = ({ box }) => box && at.x >= box[0] && at.x <= box[2] && at.y >= box[1] && at.y <= box[3];
    const labelled = this.drawn.names.filter(inside);
    const near = this.drawn.names.filter((each) => each.at.distanceTo(at) <= reach)
      .sort((a, b) => a.at.distanceTo(at) - b.at.distanceTo(at));
    const names = labelled.length ? labelled : near.slice(0, 6);
    if (names.length) return { names, position: this._map.unproject(names[0].at.add(this.origin), this._map.getZoom()) };
    const line = this.drawn.lines.find(({ parts }) => parts.some((part) => part.some((end, number) => (
      number && L.LineUtil.pointToSegmentDistance(at, part[number - 1], end) <= reach / 2
    ))));
    return line ? { line, position } : null;
  },
});
